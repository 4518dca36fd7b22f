"""What stands on the accounts of others: how much of it, since which month, and what was remitted of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth

from bebeli.orders.models import Account, Posting, Remittance

SIGN = {Remittance.Kind.REGENCY: 1}  # what is owed to us stands in debit
REMITTED = "remitted"


@dataclass(frozen=True)
class Month:
    """What a month brought to an account, and what was remitted in it; rupiah, positive as it is owed."""

    month: date
    arose: int
    remitted: int


def owed(kind: str) -> int:
    """Return what is owed and not remitted, in rupiah; below zero where more was remitted than stood."""
    total = Posting.objects.filter(account__kind=Remittance.STANDS_ON[kind]).aggregate(sum=Sum("amount"))["sum"] or 0
    return int(total) * _sign(kind)


def set_off_left() -> int:
    """Return the input PPN that was not set off yet, in rupiah."""
    return Posting.objects.filter(account__kind=Account.Kind.PPN_INPUT).aggregate(sum=Sum("amount"))["sum"] or 0


def months(kind: str, many: int = 12) -> list[Month]:
    """Return the newest months in which the account moved, newest first."""
    rows = (
        Posting.objects.filter(account__kind=Remittance.STANDS_ON[kind])
        .annotate(month=TruncMonth("entry__at"))
        .values("month")
        .annotate(
            arose=Sum("amount", filter=~Q(entry__kind=REMITTED), default=0),
            remitted=Sum("amount", filter=Q(entry__kind=REMITTED), default=0),
        )
        .order_by("-month")[:many]
    )
    sign = _sign(kind)
    return [Month(row["month"].date(), row["arose"] * sign, -row["remitted"] * sign) for row in rows]


def step_of(found: Remittance | None, user_id: int) -> str:
    """Name the one thing that this reader can do, or what is waited for."""
    if found is None:
        return "propose"
    if found.state == Remittance.State.PROPOSED:
        return "second" if found.proposed_by_id == user_id else "approve"
    return "book" if found.proposed_by_id == user_id else "other_books"


def _sign(kind: str) -> int:
    return SIGN.get(Remittance.Kind(kind), -1)
