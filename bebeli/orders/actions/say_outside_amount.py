"""Finance says how much a bank took, where the provider does not."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.steps import verb
from bebeli.orders.actions.lock_outside import S, refuse_decided, take_outside
from bebeli.orders.models import OutsideRefund


@verb
def say_outside_amount(case_id: int, user_id: int, amount: int) -> OutsideRefund:
    """Write down how much it was, as the provider's dashboard shows it, where the provider does not say.

    Raises InvalidInput at `jumlah`, Refused: case_decided, own_purchase, amount_known.
    """
    outside = take_outside(case_id)
    refuse_decided(outside, user_id)
    case = outside.case
    if case.amount == amount:
        return case
    if case.amount is not None:
        raise Refused("amount_known", _("Jumlahnya sudah diketahui."))
    others = sum(other.amount or 0 for other in case.attempt.outsides.exclude(state=S.GONE))
    ours = case.attempt.refunds.filter(outside=None, channel="provider", state__in=["sent", "confirmed"])
    if not 0 < amount <= case.attempt.gross - others - sum(refund.amount for refund in ours):
        raise InvalidInput("bad_amount", _("Tulis jumlah yang masih ada pada pembayaran ini, angka saja."), field="jumlah")
    case.amount = amount
    case.decided_by_id, case.decided_at = user_id, clock.now()
    case.save()
    return case
