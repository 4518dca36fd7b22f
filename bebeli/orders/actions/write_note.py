"""The maker notes something on an order, for the stall's own eyes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput
from bebeli.kit.steps import verb
from bebeli.orders.models import Order, OrderNote
from bebeli.orders.models.note import LONGEST


@verb
def write_note(order_id: int, user_id: int, text: str) -> OrderNote:
    """Write a note down; an empty one is refused, the same one twice in a row is written once."""
    words = " ".join(text.split())[:LONGEST]
    if not words:
        raise InvalidInput("note_needed", _("Tulis catatannya dulu."), field="note")
    order = Order.objects.get(pk=order_id)
    last = OrderNote.objects.filter(order=order).last()
    if last is not None and (last.text, last.by_id) == (words, user_id):
        return last
    return OrderNote.objects.create(order=order, text=words, by_id=user_id, at=clock.now())
