"""Numbers without a gap: counters are locked, and a number lives and dies with its document's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from bebeli.kit import clock, codes
from bebeli.kit.locks import Locks
from bebeli.kit.steps import assert_open
from bebeli.orders.documents.compose import Body, canonical
from bebeli.orders.models import Document, DocumentCounter, Order

LETTERS = {
    Document.Kind.INVOICE: "INV",
    Document.Kind.RECEIPT: "KWT",
    Document.Kind.CREDIT_NOTE: "NKR",
    Document.Kind.STATEMENT: "LAP",
    Document.Kind.FEE_RECEIPT: "KBL",
    Document.Kind.FEE_CREDIT: "NKL",
    Document.Kind.FEE_SLIP: "BPL",
    Document.Kind.TAX_SLIP: "BPP",
}


@dataclass
class Book:
    """A seller's counters of this year, or BEBELI's own, locked for the kinds that are wanted."""

    seller_id: int | None
    now: datetime
    counters: dict[str, DocumentCounter] = field(default_factory=dict)

    def write(self, kind: str, body: Body, *, amount: int, **about: Any) -> Document:
        """Issue one document under the next number."""
        document = self.draft(kind, body, amount=amount, **about)
        self.counters[kind].save(update_fields=["last"])
        document.save(force_insert=True)
        return document

    def draft(self, kind: str, body: Body, *, amount: int, **about: Any) -> Document:
        """Return a document under the next number; whoever writes it down writes the counter too."""
        counter = self.counters[kind]
        counter.last += 1
        code = f"{LETTERS[Document.Kind(kind)]}-{counter.year}-{self.seller_id or 0:04d}-{counter.last:06d}"
        text = canonical({**body, "kind": kind, "code": code, "amount": amount, "issued_at": self.now.isoformat()})
        return Document(
            seller_id=self.seller_id,
            kind=kind,
            year=counter.year,
            number=counter.last,
            code=code,
            amount=amount,
            body=text,
            sha256=codes.digest(text),
            issued_at=self.now,
            **about,
        )


def open_book(locks: Locks, seller_id: int | None, kinds: Iterable[str]) -> Book:
    """Lock the counters of these kinds, all at once by id, so that two verbs never wait for each other crosswise.

    Whoever needs a seller's and BEBELI's (no seller) opens the seller's first.
    """
    assert_open()
    now = clock.now()
    year, wanted = timezone.localtime(now).year, set(kinds)
    mine = Q(seller_id=seller_id, year=year, kind__in=wanted)
    missing = wanted - set(DocumentCounter.objects.filter(mine).values_list("kind", flat=True))
    fresh = [DocumentCounter(seller_id=seller_id, year=year, kind=kind) for kind in sorted(missing)]
    DocumentCounter.objects.bulk_create(fresh, ignore_conflicts=True)
    return Book(seller_id, now, {counter.kind: counter for counter in locks.where(DocumentCounter, mine)})


def credit(book: Book, invoice: Document, order: Order, body: Body, by: int | None = None, *, less: int = 0) -> Document:
    """Take an invoice back, less what parts of it went back before."""
    kind = Document.Kind.CREDIT_NOTE
    return book.write(kind, body, amount=invoice.amount - less, order=order, cancels=invoice, issued_by_id=by)


def month_bounds(month: date) -> tuple[datetime, datetime]:
    """Return the first moment of a month and of the next one, in WIB."""
    zone = timezone.get_default_timezone()
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return (
        datetime(month.year, month.month, 1, tzinfo=zone),
        datetime(after.year, after.month, 1, tzinfo=zone),
    )
