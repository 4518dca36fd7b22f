"""What the books say, as rows: one function for the screen, the CSV and the sheet, so that the three are equal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone

from bebeli.orders.models import Account, Posting

CHUNK = 2_000
FIELDS = ("amount", "entry__at", "entry__idem_key", "entry__kind", "order__code", "entry__order__code", "account__seller__name")


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
    return list(_walk(map(_fields, rows), _standing(of_account, rows[0].pk)))


def all_movements(rows: QuerySet[Posting], of_account: QuerySet[Posting]) -> Iterator[Movement]:
    """Return all of the postings like `movements`, read in chunks: as many as there are, and never all of them in memory."""
    found = rows.order_by("-pk").values_list("pk", *FIELDS).iterator(CHUNK)
    newest = next(found, None)
    if newest is not None:
        yield from _walk((row[1:] for row in chain([newest], found)), _standing(of_account, newest[0]))


def _standing(of_account: QuerySet[Posting], newest_id: int) -> int:
    return of_account.filter(pk__lte=newest_id).aggregate(total=Sum("amount"))["total"] or 0


def _fields(row: Posting) -> tuple[Any, ...]:
    order, other, seller = row.order, row.entry.order, row.account.seller
    named = (order.code if order else None, other.code if other else None, seller.name if seller else None)
    return (row.amount, row.entry.at, row.entry.idem_key, row.entry.kind, *named)


def _walk(rows: Iterable[tuple[Any, ...]], standing: int) -> Iterator[Movement]:
    for amount, at, entry, kind, order, other, seller in rows:
        yield Movement(
            at=at,
            entry=entry,
            kind=kind,
            order=order or other or "",
            seller=seller or "",
            debit=max(amount, 0),
            credit=max(-amount, 0),
            balance=standing,
        )
        standing -= amount
