"""Finance says no, before anything was sent."""

from __future__ import annotations

from bebeli.kit.steps import verb
from bebeli.orders.actions.lock_payout import give_back, reason_of, refuse_own, refuse_state, take
from bebeli.orders.models import Payout

S = Payout.State


@verb
def reject_payout(payout_id: int, user_id: int, reason: str) -> Payout:
    """Give it back with a reason the seller reads. Raises InvalidInput at `alasan`, Refused: payout_moved, own_payout."""
    why = reason_of(reason)
    taken = take(payout_id)
    if taken.payout.state == S.REJECTED and taken.payout.reason == why:
        return taken.payout
    if taken.payout.state not in {S.REQUESTED, S.APPROVED}:
        raise refuse_state(taken.payout)
    refuse_own(taken.payout, user_id)
    give_back(taken, S.REJECTED, user_id, why)
    return taken.payout
