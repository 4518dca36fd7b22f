"""What the provider says became of a payout, once, into the books."""

from __future__ import annotations

from bebeli.kit import clock, logs
from bebeli.kit.sealed import unseal
from bebeli.kit.steps import verb
from bebeli.orders.actions.lock_payout import Taken, complete, give_back, take
from bebeli.orders.actions.owe_payout import arrived_after_all, came_back_too
from bebeli.orders.actions.send_payout import ASK_AGAIN
from bebeli.orders.gateway.payouts import PayoutTruth
from bebeli.orders.models import Callback, Payout

S = Payout.State


@verb
def settle_payout(payout_id: int, truth: PayoutTruth, callback_id: int | None = None) -> str:
    """Complete it, give it back, or go on waiting, by a truth that was asked for; returns its state.

    Another amount, account or note than ours moves nothing: people must look. A completed one that failed came back;
    one that was given back and is completed has been paid twice, until it comes back, too.
    """
    taken = take(payout_id)
    payout = taken.payout
    if wrong := difference(payout, truth):
        logs.security("payout_differs", payout=payout.pk, what=wrong)
        payout.error = f"the provider's {wrong} is not ours"
        _wait(payout)
    else:
        _apply(taken, truth)
    if callback_id is not None:
        Callback.objects.filter(pk=callback_id).update(state=Callback.State.DONE, done_at=clock.now(), lease_until=None, error="")
    return payout.state


def difference(payout: Payout, truth: PayoutTruth) -> str:
    """Name what the provider has otherwise than we; '' when it is this payout."""
    if truth.notes != payout.key:
        return "note"
    if truth.amount != payout.amount:
        return "amount"
    return "account" if truth.account != unseal(payout.account.number) else ""


def _apply(taken: Taken, truth: PayoutTruth) -> None:
    payout = taken.payout
    if not payout.reference_no:
        payout.reference_no = truth.reference_no
        if payout.is_on_the_wire:
            payout.state = S.SENT
    if truth.is_completed and payout.is_on_the_wire:
        complete(taken, None)
    elif truth.is_failed and payout.is_on_the_wire:
        give_back(taken, S.FAILED, None, truth.why)
    elif truth.is_failed and payout.state == S.COMPLETED:
        give_back(taken, S.BOUNCED, None, truth.why)
    elif truth.is_completed and payout.state in Payout.GIVEN_BACK:
        arrived_after_all(payout)
    elif truth.is_failed and payout.paid_after_at is not None and payout.unpaid_at is None:
        came_back_too(taken, truth.why)
    else:
        _wait(payout)


def _wait(payout: Payout) -> None:
    payout.next_at = clock.now() + ASK_AGAIN
    payout.lease_until = None
    payout.save()
