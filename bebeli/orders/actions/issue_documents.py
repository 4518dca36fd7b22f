"""Put on paper what an order's money calls for, and what its purchase's service fee does."""

from __future__ import annotations

from django.db.models import Q, Sum

from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.documents import compose, fees, numbering
from bebeli.orders.models import Document, Order, Purchase, Refund

K = Document.Kind


@verb
def issue_documents(order_id: int) -> list[Document]:
    """Issue invoice and receipt of a paid order, a credit note for each part that went back, and one once it has fallen.

    With the first order of a purchase comes the receipt of its service fee, with the last that falls the note that takes the
    fee back. What exists is left alone.
    """
    locks = Locks()
    purchase = locks.row(Purchase, Order.objects.values_list("purchase_id", flat=True).get(pk=order_id))
    order = locks.row(Order, order_id)
    issued = _of_order(locks, order)
    return issued + (fees.issue(locks, purchase, of_fee) if (of_fee := fees.due(purchase)) else [])


def _of_order(locks: Locks, order: Order) -> list[Document]:
    to_invoice = order.paid_at is not None and order.invoiced_at is None
    has_fallen = order.status in Order.FALLEN and order.paid_at is not None
    to_credit = has_fallen and order.credited_at is None
    parts = locks.where(Refund, Q(order=order, is_partial=True, origin=None, credited_at=None)) if order.paid_at else []
    kinds = [*([K.INVOICE, K.RECEIPT] if to_invoice else []), *([K.CREDIT_NOTE] if to_credit or parts else [])]
    if not kinds:
        return []
    loaded = Order.objects.select_related("seller__village", "seller__district", "purchase__payment").get(pk=order.pk)
    book = numbering.open_book(locks, order.seller_id, kinds)
    issued = _invoice(book, loaded) if to_invoice else []
    issued += [_part(book, loaded, refund) for refund in parts]
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
    refund = Refund.objects.filter(order=order, origin=None, is_partial=False).order_by("pk").first()
    body = compose.credit_note(order, standing, order.cancel_reason, refund)
    less = Refund.objects.filter(order=order, origin=None, is_partial=True).aggregate(sum=Sum("face"))["sum"] or 0
    return numbering.credit(book, standing, order, body, less=less)


def _part(book: numbering.Book, order: Order, refund: Refund) -> Document:
    standing = Document.objects.get(order=order, kind=K.INVOICE, cancelled_by=None)
    refund.credited_at = book.now
    refund.save(update_fields=["credited_at"])
    return book.write(K.CREDIT_NOTE, compose.part_note(order, standing, refund), amount=refund.face, order=order, refund=refund)
