"""Money that the provider gave out is borne by no order."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb
from bebeli.orders import doubles, ledger, posting
from bebeli.orders.actions.lock_outside import (
    close_if_placed,
    reason_of,
    refuse_decided,
    refuse_promises,
    refuse_unknown,
    take_outside,
)
from bebeli.orders.models import OutsideRefund


@verb
def leave_unplaced(case_id: int, user_id: int, reason: str) -> OutsideRefund:
    """Book what no order has to bear: its buyer has it twice, which stands in UNALLOCATED until its case ends.

    Raises InvalidInput at `alasan`, Refused: case_decided, own_purchase, amount_unknown, promise_open,
    not_confirmed.
    """
    why = reason_of(reason)
    outside = take_outside(case_id)
    refuse_decided(outside, user_id)
    refuse_unknown(outside)
    refuse_promises(outside)
    case = outside.case
    if case.confirmed_at is None:
        raise Refused("not_confirmed", _("Bank penyedia belum mengatakan uangnya keluar. Tunggu kabarnya."))
    left = case.left
    case.unplaced += left
    lines = posting.left_outside(left)
    key = f"outside:{case.pk}:unplaced"
    entry = ledger.post(outside.locks, "outside_unplaced", key, lines, purchase=outside.purchase, attempt=case.attempt)
    doubles.begin(case.attempt, left, entry)
    close_if_placed(outside, user_id, why)
    return case
