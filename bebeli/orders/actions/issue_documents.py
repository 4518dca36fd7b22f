"""Put on paper what an order's money calls for."""

from __future__ import annotations

from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.documents import compose, numbering
from bebeli.orders.models import Document, Order, Refund

K = Document.Kind


@verb
def issue_documents(order_id: int) -> list[Document]:
    """Issue invoice and receipt of a paid order, and a credit note once it has fallen; what exists is left alone."""
    locks = Locks()
    order = locks.row(Order, order_id)
    to_invoice = order.paid_at is not None and order.invoiced_at is None
    has_fallen = order.status == Order.Status.CANCELLED and order.paid_at is not None
    to_credit = has_fallen and order.credited_at is None
    kinds = [*([K.INVOICE, K.RECEIPT] if to_invoice else []), *([K.CREDIT_NOTE] if to_credit else [])]
    if not kinds:
        return []
    loaded = Order.objects.select_related("seller__village", "seller__district", "purchase__payment").get(pk=order.pk)
    book = numbering.open_book(locks, order.seller_id, kinds)
    issued = _invoice(book, loaded) if to_invoice else []
    if to_credit:
        issued.append(_credit(book, loaded))
    order.invoiced_at = order.invoiced_at or book.now
    order.credited_at = book.now if to_credit else order.credited_at
    order.save(update_fields=["invoiced_at", "credited_at"])
    return issued


def _invoice(book: numbering.Book, order: Order) -> list[Document]:
    lines = order.lines.order_by("pk")
    return [
        book.write(K.INVOICE, compose.invoice(order, lines), amount=order.total, order=order),
        book.write(K.RECEIPT, compose.receipt(order), amount=order.paid_by_buyer, order=order),
    ]


def _credit(book: numbering.Book, order: Order) -> Document:
    standing = Document.objects.get(order=order, kind=K.INVOICE, cancelled_by=None)
    refund = Refund.objects.filter(order=order).order_by("pk").first()
    body = compose.credit_note(order, standing, order.cancel_reason, refund)
    return numbering.credit(book, standing, order, body)
