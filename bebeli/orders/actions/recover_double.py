"""Money that went out twice was paid back into our bank account, whole or in part."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput
from bebeli.kit.money import rupiah
from bebeli.kit.steps import verb
from bebeli.orders import bank_reference, doubles, ledger, posting
from bebeli.orders.actions.lock_double import refuse_ended, refuse_other_eyes, take_twice
from bebeli.orders.models import DoubleRefund


@verb
def recover_double(case_id: int, user_id: int, reference: str, amount: int | None = None) -> DoubleRefund:
    """End the case by the bank's reference of what was paid back; the same reference again is a quiet success.

    `amount` is in rupiah, empty for all of it. Of a part the case ends over that part, and a new one goes on about the rest.
    Raises InvalidInput at `referensi` or `jumlah`, Refused: case_decided, taken, own_purchase.
    """
    number = bank_reference.read(reference)
    twice = take_twice(case_id)
    case = twice.case
    if case.state == DoubleRefund.State.RECOVERED and case.reference == number:
        return case
    refuse_ended(case)
    refuse_other_eyes(twice, user_id)
    came = case.amount if amount is None else amount
    if not 0 < came <= case.amount:
        words = _("Tulis yang masuk menurut mutasi, paling banyak %(most)s, angka saja.")
        raise InvalidInput("bad_amount", words % {"most": rupiah(case.amount)}, field="jumlah")
    rest = case.amount - came
    case.amount, case.reference = came, number
    case.proposed_by, case.proposed_at = None, None
    entry = ledger.post(
        twice.scene.locks,
        "double_recovered",
        f"double:{case.pk}:recovered",
        posting.double_recovered(came),
        purchase=twice.scene.purchase,
        attempt=case.attempt,
    )
    doubles.end(case, DoubleRefund.State.RECOVERED, user_id, entry)
    if rest:
        doubles.go_on(case, rest)
    return case
