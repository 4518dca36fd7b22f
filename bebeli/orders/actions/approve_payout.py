"""Finance says yes, never to one's own."""

from __future__ import annotations

from bebeli.kit import clock
from bebeli.kit.ring import ring
from bebeli.kit.steps import verb
from bebeli.orders.actions.lock_payout import refuse_own, refuse_state, take
from bebeli.orders.models import Payout, PayoutApproval

S = Payout.State


@verb
def approve_payout(payout_id: int, user_id: int) -> Payout:
    """Count one person's yes; with the last that is needed it may be sent. The same yes twice is a quiet success.

    Raises Refused: payout_moved, own_payout.
    """
    payout = take(payout_id).payout
    if PayoutApproval.objects.filter(payout=payout, by_id=user_id).exists():
        return payout
    if payout.state != S.REQUESTED:
        raise refuse_state(payout)
    refuse_own(payout, user_id)
    PayoutApproval.objects.create(payout=payout, by_id=user_id, at=clock.now())
    if payout.approvals.count() >= payout.approvals_needed:
        payout.state = S.APPROVED
        payout.approved_at = clock.now()
        payout.next_at = clock.now()
        payout.save()
        if payout.channel == Payout.Channel.IRIS:
            ring("orders.send_payout", payout.pk)
    return payout
