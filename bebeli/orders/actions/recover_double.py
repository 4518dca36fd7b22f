"""Money that went out twice was paid back into our bank account."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput
from bebeli.kit.steps import verb
from bebeli.orders import doubles, ledger, posting
from bebeli.orders.actions.lock_double import refuse_ended, refuse_other_eyes, take_twice
from bebeli.orders.models import DoubleRefund

SHORTEST = 4  # a bank's reference is longer


@verb
def recover_double(case_id: int, user_id: int, reference: str) -> DoubleRefund:
    """End the case by the bank's reference of what was paid back, whole; the same reference again is a quiet success.

    Raises InvalidInput at `referensi`, Refused: case_decided, taken, own_purchase.
    """
    number = " ".join(reference.split())[:60]
    if len(number) < SHORTEST:
        raise InvalidInput("reference_needed", _("Tulis nomor referensi dari mutasi rekening."), field="referensi")
    twice = take_twice(case_id)
    case = twice.case
    if case.state == DoubleRefund.State.RECOVERED and case.reference == number:
        return case
    refuse_ended(case)
    refuse_other_eyes(twice, user_id)
    case.reference = number
    case.proposed_by, case.proposed_at = None, None
    entry = ledger.post(
        twice.scene.locks,
        "double_recovered",
        f"double:{case.pk}:recovered",
        posting.double_recovered(case.amount),
        purchase=twice.scene.purchase,
        attempt=case.attempt,
    )
    doubles.end(case, DoubleRefund.State.RECOVERED, user_id, entry)
    return case
