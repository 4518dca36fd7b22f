"""What the books say, as rows: one function for the screen, the CSV and the sheet, so that the three are equal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet, Sum
from django.utils import timezone

from bebeli.orders.models import Account, Posting


@dataclass(frozen=True)
class Balance:
    """One line of the trial balance."""

    kind: str
    name: str
    debit: int
    credit: int


@dataclass(frozen=True)
class Movement:
    """One posting of an account, and where the account stood after it (debit positive)."""

    at: datetime
    entry: str
    kind: str
    order: str
    seller: str
    debit: int
    credit: int
    balance: int


def end_of(day: date) -> datetime:
    """Return the moment the day ends in WIB."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def trial_balance(day: date) -> list[Balance]:
    """Return every kind of account that ever moved, as it stood at the end of a day."""
    rows = Posting.objects.filter(entry__at__lt=end_of(day)).values("account__kind").annotate(total=Sum("amount"))
    totals = {row["account__kind"]: row["total"] for row in rows}
    return [
        Balance(
            kind, str(name).capitalize() if str(name)[:1].islower() else str(name), max(totals[kind], 0), max(-totals[kind], 0)
        )
        for kind, name in Account.Kind.choices
        if kind in totals
    ]


def postings(kind: str, seller: str, first: date | None, last: date) -> QuerySet[Posting]:
    """Return an account's postings of some days; `seller` '' is all sellers."""
    rows = Posting.objects.filter(account__kind=kind, entry__at__lt=end_of(last))
    if first is not None:
        rows = rows.filter(entry__at__gte=end_of(first - timedelta(days=1)))
    if seller:
        rows = rows.filter(account__seller__slug=seller)
    return rows.select_related("entry", "order", "entry__order", "account__seller")


def movements(rows: Sequence[Posting], of_account: QuerySet[Posting]) -> list[Movement]:
    """Return postings, newest first, with the balance after each; `of_account` is all of the account up to the last day."""
    if not rows:
        return []
    standing = of_account.filter(pk__lte=rows[0].pk).aggregate(total=Sum("amount"))["total"] or 0
    return list(_walk(rows, standing))


def _walk(rows: Iterable[Posting], standing: int) -> Iterator[Movement]:
    for row in rows:
        order = row.order or row.entry.order
        yield Movement(
            at=row.entry.at,
            entry=row.entry.idem_key,
            kind=row.entry.kind,
            order=order.code if order else "",
            seller=row.account.seller.name if row.account.seller else "",
            debit=max(row.amount, 0),
            credit=max(-row.amount, 0),
            balance=standing,
        )
        standing -= row.amount
