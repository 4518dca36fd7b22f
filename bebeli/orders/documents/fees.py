"""The buyer's service fee on paper: BEBELI's own receipt about a purchase, taken back once all of its orders have fallen."""

from __future__ import annotations

from bebeli.kit.locks import Locks
from bebeli.orders.documents import compose, numbering
from bebeli.orders.models import Document, Order, Purchase

K = Document.Kind


def due(purchase: Purchase) -> list[str]:
    """Return which papers the fee of a locked purchase lacks."""
    if purchase.paid_at is None or purchase.service_fee == 0:
        return []
    is_credited = Document.objects.filter(purchase=purchase, kind=K.FEE_CREDIT).exists()
    to_credit = not is_credited and not purchase.orders.exclude(status__in=Order.FALLEN).exists()
    return [*([] if purchase.fee_receipted_at else [K.FEE_RECEIPT]), *([K.FEE_CREDIT] if to_credit else [])]


def issue(locks: Locks, purchase: Purchase, kinds: list[str]) -> list[Document]:
    """Write these papers; the purchase is locked, its payment is loaded."""
    book = numbering.open_book(locks, None, kinds)
    issued = [_receipt(book, purchase)] if K.FEE_RECEIPT in kinds else []
    return issued + ([_credit(book, purchase)] if K.FEE_CREDIT in kinds else [])


def _receipt(book: numbering.Book, purchase: Purchase) -> Document:
    purchase.fee_receipted_at = book.now
    purchase.save(update_fields=["fee_receipted_at"])
    return book.write(K.FEE_RECEIPT, compose.fee_receipt(purchase), amount=purchase.service_fee, purchase=purchase)


def _credit(book: numbering.Book, purchase: Purchase) -> Document:
    standing = Document.objects.get(purchase=purchase, kind=K.FEE_RECEIPT)
    body = compose.fee_credit(purchase, standing)
    return book.write(K.FEE_CREDIT, body, amount=standing.amount, purchase=purchase, cancels=standing)
