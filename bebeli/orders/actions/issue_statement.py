"""A seller's month on paper: what each order brought, what was kept, what is the seller's."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, Sum

from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders import deductions
from bebeli.orders.documents import compose, numbering, slips
from bebeli.orders.models import Account, Document, Entry, Order, Posting
from bebeli.sellers.models import Seller

K = Document.Kind
SETTLED = "debt_settled"
TWICE = ("payout_owed", "payout_unpaid")  # paid already, so that it is no claim on what was earned


@verb
def issue_statement(seller_id: int, month: date) -> Document:
    """Issue the statement of a month that has ended, and the slips of what BEBELI took in it, from the books.

    What exists is left alone: a statement from before there were slips gets them.
    """
    locks = Locks()
    book = numbering.open_book(locks, seller_id, [K.STATEMENT, K.FEE_SLIP, K.TAX_SLIP])
    known = {paper.kind: paper for paper in Document.objects.filter(seller_id=seller_id, month=month)}
    if {K.STATEMENT, K.FEE_SLIP} <= known.keys():
        return known[K.STATEMENT]
    seller = Seller.objects.select_related("village", "district").get(pk=seller_id)
    begin, end = numbering.month_bounds(month)
    issued = _slips(book, seller, month, deductions.of_month(seller_id, begin, end))
    if K.STATEMENT in known:
        return known[K.STATEMENT]
    after = _after_completion(seller_id, begin, end)
    body = compose.statement(seller, month, _completed(seller_id, begin, end), after, issued)
    return book.write(K.STATEMENT, body, amount=body["totals"]["net"], month=month)


def _slips(book: numbering.Book, seller: Seller, month: date, rows: list[deductions.Deduction]) -> list[Document]:
    """Every month has a slip of fees, so that its being there says that the tax was seen to as well."""
    fee, tax = slips.fee_slip(seller, month, rows), slips.tax_slip(seller, month, rows)
    issued = [book.write(K.FEE_SLIP, fee, amount=fee["totals"]["total"], month=month)]
    if any(line["total"] for line in tax["orders"]):
        issued.append(book.write(K.TAX_SLIP, tax, amount=tax["totals"]["total"], month=month))
    return issued


def _completed(seller_id: int, begin: datetime, end: datetime) -> list[tuple[Order, datetime]]:
    entries = Entry.objects.filter(kind="completed", order__seller_id=seller_id, at__gte=begin, at__lt=end)
    rows = entries.select_related("order").prefetch_related("order__refunds").order_by("at", "pk")
    return [(entry.order, entry.at) for entry in rows if entry.order]


def _after_completion(seller_id: int, begin: datetime, end: datetime) -> compose.After:
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
    return compose.After(found["claims"] or 0, -(found["settled"] or 0), found["twice"] or 0)
