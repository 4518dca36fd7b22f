"""The second person says yes to much money that somebody decided to give back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.kit.ring import ring
from bebeli.kit.steps import verb
from bebeli.orders.models import Refund

S = Refund.State


@verb
def approve_refund(refund_id: int, user_id: int) -> Refund:
    """Let a refund go on its way; the same yes twice is a quiet success. Raises Refused: own_decision, refund_moved."""
    refund = Locks().row(Refund, refund_id)
    if refund.approved_by_id == user_id:
        return refund
    if refund.state != S.REQUESTED:
        raise Refused("refund_moved", _("Pengembalian ini sudah %(state)s.") % {"state": refund.get_state_display()})
    if refund.decided_by_id == user_id:
        raise Refused("own_decision", _("Anda yang memutuskan pengembalian ini. Petugas keuangan lain yang menyetujuinya."))
    refund.state = S.APPROVED
    refund.approved_by_id = user_id
    refund.approved_at = clock.now()
    refund.next_at = clock.now()
    refund.save()
    if refund.channel == Refund.Channel.PROVIDER:
        ring("orders.refund", refund.pk)
    return refund
