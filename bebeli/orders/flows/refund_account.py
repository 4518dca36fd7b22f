"""One account for all the money of a buyer that waits for one."""

from __future__ import annotations

from collections.abc import Iterable

from bebeli.kit.errors import Refused
from bebeli.orders.actions.refund import name_refund_account
from bebeli.orders.models import Refund


def name_for_all(refunds: Iterable[Refund], bank_code: str, number: str, name: str) -> int:
    """Write an account down for those that still wait; returns how many, raises InvalidInput, and Refused where none does."""
    rows = list(refunds)
    refusal: Refused | None = None
    named = 0
    for refund in [row for row in rows if row.is_open] or rows[:1]:
        try:
            name_refund_account(refund.pk, bank_code, number, name)
            named += 1
        except Refused as error:
            refusal = error
    if refusal is not None and not named:
        raise refusal
    return named
