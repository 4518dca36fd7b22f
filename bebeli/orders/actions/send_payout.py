"""A payout goes to the provider: what is written down before and after each word to it."""

from __future__ import annotations

from datetime import timedelta

from bebeli.kit import clock
from bebeli.kit.steps import verb
from bebeli.orders.actions.lock_payout import give_back, take
from bebeli.orders.models import Payout

S = Payout.State
ASK_AFTER = timedelta(minutes=10)  # the provider's own rule: no question about a payout before
ASK_AGAIN = timedelta(minutes=30)


@verb
def payout_going(payout_id: int) -> bool:
    """Write down that it is about to be sent, before the first word; False when it was already, which is never said twice."""
    payout = take(payout_id).payout
    if payout.state != S.APPROVED or payout.channel != Payout.Channel.IRIS:
        return False
    payout.state = S.SENT
    payout.sent_at = clock.now()
    payout.next_at = clock.now() + ASK_AFTER
    payout.save()
    return True


@verb
def payout_known(payout_id: int, reference_no: str) -> Payout:
    """The provider has it under this number."""
    payout = take(payout_id).payout
    if payout.is_on_the_wire and not payout.reference_no:
        payout.reference_no = reference_no
        payout.state = S.SENT
        payout.error = ""
        payout.save()
    return payout


@verb
def payout_unknown(payout_id: int, why: str) -> Payout:
    """No answer came: ask in ten minutes. Without a number nobody can say whether the provider has it; it is never sent again."""
    payout = take(payout_id).payout
    if payout.is_on_the_wire:
        if not payout.reference_no:
            payout.state = S.UNKNOWN
        payout.error = why[:200]
        payout.next_at = clock.now() + ASK_AFTER
        payout.lease_until = None
        payout.save()
    return payout


@verb
def payout_refused(payout_id: int, why: str) -> Payout:
    """The provider would not even take it: it is the seller's again."""
    taken = take(payout_id)
    if taken.payout.state == S.SENT and not taken.payout.reference_no:
        give_back(taken, S.FAILED, None, why)
    return taken.payout
