"""A seller's month on paper: what each order brought, what was kept, what is the seller's."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, Sum

from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.documents import compose, numbering
from bebeli.orders.models import Account, Document, Entry, Posting
from bebeli.sellers.models import Seller

SETTLED = "debt_settled"
TWICE = ("payout_owed", "payout_unpaid")  # paid already, so that it is no claim on what was earned


@verb
def issue_statement(seller_id: int, month: date) -> Document:
    """Issue the statement of a month that has ended, from the books; the same month twice is a quiet success."""
    locks = Locks()
    book = numbering.open_book(locks, seller_id, [Document.Kind.STATEMENT])
    known = Document.objects.filter(seller_id=seller_id, kind=Document.Kind.STATEMENT, month=month).first()
    if known is not None:
        return known
    seller = Seller.objects.select_related("village", "district").get(pk=seller_id)
    begin, end = numbering.month_bounds(month)
    entries = Entry.objects.filter(kind="completed", order__seller_id=seller_id, at__gte=begin, at__lt=end)
    rows = [
        (entry.order, entry.at)
        for entry in entries.select_related("order").prefetch_related("order__refunds").order_by("at", "pk")
        if entry.order
    ]
    body = compose.statement(seller, month, rows, *_after_completion(seller_id, begin, end))
    return book.write(Document.Kind.STATEMENT, body, amount=body["totals"]["net"], month=month)


def _after_completion(seller_id: int, begin: datetime, end: datetime) -> tuple[int, int, int]:
    """Return what went back of what had been earned, what of a debt was settled out of the balance, what was paid twice.

    A debt is counted once, when it arises: settling it only moves money between two accounts of the seller.
    """
    owed = Q(account__kind=Account.Kind.SELLER_RECEIVABLE) & ~Q(entry__kind__in=["completed", SETTLED, *TWICE])
    given_back = Q(account__kind=Account.Kind.SELLER_PAYABLE, entry__kind="refunded")
    paid_off = Q(account__kind=Account.Kind.SELLER_RECEIVABLE, entry__kind=SETTLED)
    names = [Account.Kind.SELLER_PAYABLE, Account.Kind.SELLER_RECEIVABLE]
    found = Posting.objects.filter(account__seller_id=seller_id, entry__at__gte=begin, entry__at__lt=end).aggregate(
        claims=Sum("amount", filter=owed | given_back),
        settled=Sum("amount", filter=paid_off),
        twice=Sum("amount", filter=Q(entry__kind__in=TWICE, account__kind__in=names)),
    )
    return found["claims"] or 0, -(found["settled"] or 0), found["twice"] or 0
