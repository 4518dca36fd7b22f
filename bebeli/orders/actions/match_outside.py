"""Money that the provider gave out was a promise that still waits."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb
from bebeli.orders.actions.lock_outside import is_being_sent, may_be, put_on, refuse_decided, refuse_unknown, take_outside
from bebeli.orders.models import OutsideRefund, Refund
from bebeli.orders.refund_steps import is_taken


@verb
def match_outside(case_id: int, refund_id: int, user_id: int) -> OutsideRefund:
    """Say that it is this promise, or a part of it: that is not sent again. The same answer twice is a quiet success.

    Raises Refused: case_decided, own_purchase, amount_unknown, not_a_promise, taken, in_flight.
    """
    outside = take_outside(case_id)
    refund = next(iter(outside.locks.rows(Refund, [refund_id])), None)
    if refund is not None and refund.outside_id == outside.case.pk:
        return outside.case
    refuse_decided(outside, user_id)
    refuse_unknown(outside)
    if refund is None or refund.attempt_id != outside.case.attempt_id or not may_be(refund):
        raise Refused("not_a_promise", _("Pengembalian itu tidak sedang menunggu dikirim. Muat ulang halamannya."))
    if is_taken(refund):
        raise Refused("taken", _("Petugas lain sedang mentransfer pengembalian itu. Tanyakan dulu kepadanya."))
    if is_being_sent(refund.pk):
        raise Refused("in_flight", _("Pengembalian itu sedang dikirim ke penyedia. Coba lagi sebentar."))
    put_on(outside, refund, user_id)
    return outside.case
