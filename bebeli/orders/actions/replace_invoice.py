"""An invoice that was wrong: taken back, and written anew from what is known today."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.documents import compose, numbering
from bebeli.orders.models import Document, Order

K = Document.Kind


@verb
def replace_invoice(document_id: int, user_id: int, reason: str) -> Document:
    """Cancel an invoice by a credit note and issue the new one that stands in its place.

    Raises InvalidInput without a reason, Refused: not_standing for what is no invoice or was cancelled already,
    part_credited once a note went out over a part: a new invoice would say again what that note took off.
    """
    reason = reason.strip()[:240]
    if not reason:
        raise InvalidInput("reason_needed", _("Tulis alasannya. Alasan ini tercetak di nota kredit."), field="alasan")
    locks = Locks()
    order_id = Document.objects.values_list("order_id", flat=True).get(pk=document_id)
    order = locks.row(Order, order_id or 0) if order_id else None
    old = Document.objects.filter(pk=document_id, kind=K.INVOICE, cancelled_by=None).first()
    if order is None or old is None or order.status in Order.FALLEN:
        raise Refused("not_standing", _("Hanya faktur yang masih berlaku yang bisa diganti."))
    if (note := Document.objects.of_parts().filter(order=order).first()) is not None:
        words = _("Faktur ini sudah dikurangi nota kredit %(code)s, jadi tidak bisa diganti lagi.")
        raise Refused("part_credited", words % {"code": note.printed_code})
    loaded = Order.objects.select_related("seller__village", "seller__district", "purchase__payment").get(pk=order.pk)
    book = numbering.open_book(locks, order.seller_id, [K.INVOICE, K.CREDIT_NOTE])
    numbering.credit(book, old, order, compose.credit_note(loaded, old, reason, None), user_id)
    body = {**compose.invoice(loaded, loaded.lines.order_by("pk")), "replaces": old.printed_code}
    return book.write(K.INVOICE, body, amount=loaded.total, order=order, replaces=old, issued_by_id=user_id)
