"""Finance found at the bank that it never went, or that it came back."""

from __future__ import annotations

from bebeli.kit.steps import verb
from bebeli.orders.actions.lock_payout import give_back, reason_of, refuse_empty_hands, refuse_own, refuse_state, take
from bebeli.orders.models import Payout

S = Payout.State


@verb
def fail_payout(payout_id: int, user_id: int, reason: str) -> Payout:
    """Give it back: a transfer by hand that failed, or one that the bank surely never took.

    Raises InvalidInput at `alasan`, Refused: payout_moved, own_payout, taken, not_taken.
    """
    why = reason_of(reason)
    taken = take(payout_id)
    payout = taken.payout
    if payout.state == S.FAILED and payout.reason == why:
        return payout
    if not payout.is_ours_to_end:
        raise refuse_state(payout)
    refuse_own(payout, user_id)
    refuse_empty_hands(payout, user_id)
    give_back(taken, S.FAILED, user_id, why)
    return payout


@verb
def bounce_payout(payout_id: int, user_id: int, reason: str) -> Payout:
    """A completed transfer by hand came back from the bank: new entries, and the seller may have it again.

    Raises InvalidInput at `alasan`, Refused: payout_moved, own_payout.
    """
    why = reason_of(reason)
    taken = take(payout_id)
    payout = taken.payout
    if payout.state == S.BOUNCED and payout.reason == why:
        return payout
    if payout.state != S.COMPLETED or payout.channel != Payout.Channel.BANK_FILE:
        raise refuse_state(payout)
    refuse_own(payout, user_id)
    give_back(taken, S.BOUNCED, user_id, why)
    return payout
