"""The papers of what was loaded: numbered as one at a time would be, written together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bebeli.kit.locks import Locks
from bebeli.orders.documents import compose
from bebeli.orders.documents.numbering import Book, open_book
from bebeli.orders.models import Document, DocumentCounter, Order, Purchase

K = Document.Kind
OF_SELLERS, OF_FEES = (K.INVOICE, K.RECEIPT, K.CREDIT_NOTE), (K.FEE_RECEIPT, K.FEE_CREDIT)
CHUNK = 1_000
LOADED = ("seller__village", "seller__district", "purchase__payment")


class Sheaf:
    """The books of many sellers and BEBELI's own; `save` writes down how far each has counted."""

    def __init__(self) -> None:
        self._locks = Locks()
        self._books: dict[int | None, Book] = {}

    def of(self, seller_id: int | None) -> Book:
        """Return a seller's book, or BEBELI's own."""
        if seller_id not in self._books:
            self._books[seller_id] = open_book(self._locks, seller_id, OF_SELLERS if seller_id else OF_FEES)
        return self._books[seller_id]

    def save(self) -> None:
        """Write the counters."""
        counters = [counter for book in self._books.values() for counter in book.counters.values()]
        DocumentCounter.objects.bulk_update(counters, ["last"], batch_size=CHUNK)


def write_papers(order_ids: Sequence[int], purchase_ids: Sequence[int]) -> int:
    """Write the papers of these orders, and of their purchases' service fees; returns how many."""
    sheaf = Sheaf()
    count = sum(_of_orders(sheaf, some) for some in _chunks(order_ids))
    count += sum(_of_fees(sheaf, some) for some in _chunks(purchase_ids))
    sheaf.save()
    return count


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for begin in range(0, len(ids), CHUNK):
        yield ids[begin : begin + CHUNK]


def _of_orders(sheaf: Sheaf, ids: Sequence[int]) -> int:
    rows = Order.objects.filter(pk__in=ids, paid_at__isnull=False).select_related(*LOADED).prefetch_related("lines", "refunds")
    invoices: dict[int, Document] = {}
    receipts, notes = [], []
    orders = list(rows.order_by("paid_at", "pk"))
    for order in orders:
        book, lines = sheaf.of(order.seller_id), sorted(order.lines.all(), key=lambda line: line.pk)
        invoices[order.pk] = book.draft(K.INVOICE, compose.invoice(order, lines), amount=order.total, order=order)
        receipts.append(book.draft(K.RECEIPT, compose.receipt(order), amount=order.paid_by_buyer, order=order))
        order.invoiced_at = book.now
    Document.objects.bulk_create([*invoices.values(), *receipts])
    for order in orders:
        if order.status in Order.FALLEN:
            book, invoice = sheaf.of(order.seller_id), invoices[order.pk]
            body = compose.credit_note(order, invoice, order.cancel_reason, order.refunds.all()[0])
            notes.append(book.draft(K.CREDIT_NOTE, body, amount=invoice.amount, order=order, cancels=invoice))
            order.credited_at = book.now
    Document.objects.bulk_create(notes)
    Order.objects.bulk_update(orders, ["invoiced_at", "credited_at"], batch_size=CHUNK)
    return len(invoices) + len(receipts) + len(notes)


def _of_fees(sheaf: Sheaf, ids: Sequence[int]) -> int:
    rows = Purchase.objects.filter(pk__in=ids, paid_at__isnull=False, service_fee__gt=0).select_related("payment")
    book, purchases = sheaf.of(None), list(rows.prefetch_related("orders").order_by("paid_at", "pk"))
    receipts = {
        one.pk: book.draft(K.FEE_RECEIPT, compose.fee_receipt(one), amount=one.service_fee, purchase=one) for one in purchases
    }
    Document.objects.bulk_create(receipts.values())
    notes = []
    for one in purchases:
        one.fee_receipted_at = book.now
        if all(order.status in Order.FALLEN for order in one.orders.all()):
            body = compose.fee_credit(one, receipts[one.pk])
            notes.append(book.draft(K.FEE_CREDIT, body, amount=one.service_fee, purchase=one, cancels=receipts[one.pk]))
    Document.objects.bulk_create(notes)
    Purchase.objects.bulk_update(purchases, ["fee_receipted_at"], batch_size=CHUNK)
    return len(receipts) + len(notes)
