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
    """Let a refund go on its way; the same yes twice is a quiet success. Who said no before may change their mind.

    Raises Refused: refund_moved, own_decision, own_purchase, turned_down.
    """
    refund = Locks().row(Refund, refund_id)
    if refund.approved_by_id == user_id:
        return refund
    refuse_moved(refund)
    refuse_own(refund, user_id)
    refund.turned_down_by_id = None
    refund.state = S.APPROVED
    refund.approved_by_id = user_id
    refund.approved_at = clock.now()
    refund.next_at = clock.now()
    refund.save()
    if refund.channel == Refund.Channel.PROVIDER:
        ring("orders.refund", refund.pk)
    return refund


def refuse_moved(refund: Refund) -> None:
    """Refuse what no longer waits for a second person."""
    if refund.state != S.REQUESTED:
        raise Refused("refund_moved", _("Pengembalian ini sudah %(state)s.") % {"state": refund.get_state_display()})


def refuse_own(refund: Refund, user_id: int) -> None:
    """Refuse whoever decided it or stood up for it, the buyer, and everybody while another's no waits for its answer."""
    if user_id == refund.decided_by_id or user_id in refund.words().answerers():
        raise Refused("own_decision", _("Anda yang memutuskan pengembalian ini. Petugas keuangan lain yang menyetujuinya."))
    if refund.attempt.payment.purchase.buyer_id == user_id:
        raise Refused("own_purchase", _("Ini pembelian Anda sendiri. Petugas lain yang harus memeriksanya."))
    if refund.turned_down_by_id not in {None, user_id}:
        raise Refused("turned_down", _("Petugas lain menolak pengembalian ini. Jawab dulu penolakannya."))
