"""Money that seemed to have gone out twice: the provider took only what was left of the payment."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.steps import verb
from bebeli.orders import bank_reference, doubles, ledger, posting
from bebeli.orders.actions.lock_double import refuse_ended, refuse_other_eyes, take_twice
from bebeli.orders.models import DoubleRefund, PaymentAttempt

S = DoubleRefund.State


@verb
def refute_double(case_id: int, user_id: int, report: str) -> DoubleRefund:
    """End the case by the provider's report in which less was taken; the same report again is a quiet success.

    The books had let the whole payment go, as a reversal says; what was not taken stands with the provider. Raises
    InvalidInput at `laporan`, Refused: case_decided, taken, own_purchase, not_reversed.
    """
    number = " ".join(report.split())[: bank_reference.LONGEST]
    if not number:
        raise InvalidInput("report_needed", _("Tulis nomor atau tanggal laporan penyedia."), field="laporan")
    twice = take_twice(case_id)
    case, attempt = twice.case, twice.case.attempt
    if case.state == S.NOT_TAKEN and case.reference == number:
        return case
    refuse_ended(case)
    refuse_other_eyes(twice, user_id)
    if attempt.status != PaymentAttempt.Status.REVERSED:
        raise Refused("not_reversed", _("Penyedia tidak menarik seluruh pembayaran ini. Muat ulang halamannya."))
    case.reference = number
    case.proposed_by, case.proposed_at = None, None
    key = f"double:{case.pk}:not_taken"
    lines = posting.double_not_taken(case.amount)
    entry = ledger.post(twice.scene.locks, "double_not_taken", key, lines, purchase=twice.scene.purchase, attempt=attempt)
    doubles.end(case, S.NOT_TAKEN, user_id, entry)
    return case
