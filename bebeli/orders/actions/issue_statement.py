"""A seller's month on paper: what each order brought, what was kept, what is the seller's."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, Sum

from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.documents import compose, numbering
from bebeli.orders.models import Account, Document, Entry, Posting
from bebeli.sellers.models import Seller


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
    owed = Q(account__kind=Account.Kind.SELLER_RECEIVABLE)
    given_back = Q(account__kind=Account.Kind.SELLER_PAYABLE, entry__kind="refunded")
    claims = Posting.objects.filter(owed | given_back, account__seller_id=seller_id, entry__at__gte=begin, entry__at__lt=end)
    body = compose.statement(seller, month, rows, claims.aggregate(sum=Sum("amount"))["sum"] or 0)
    return book.write(Document.Kind.STATEMENT, body, amount=body["totals"]["net"], month=month)
