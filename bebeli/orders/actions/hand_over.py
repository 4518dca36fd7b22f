"""The buyer fetches the order at the maker's and shows a code."""

from __future__ import annotations

import secrets

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.steps import verb
from bebeli.orders import states, tell, windows
from bebeli.orders.actions.lock_order import take
from bebeli.orders.models import Order

MAX_TRIES = 10


@verb
def try_code(order_id: int, user_id: int, code: str) -> Order:
    """Move an accepted pickup order to delivered when the code fits; else count the try and leave it where it is."""
    order = take(order_id).order
    if states.has_gone(order, "hand_over"):
        return order
    if not order.is_pickup:
        raise Refused("not_pickup", _("Pesanan ini dikirim, bukan diambil di toko."))
    if not states.may(order, "hand_over"):
        raise states.refuse(order, "hand_over")
    if order.pickup_tries >= MAX_TRIES:
        raise Refused("too_many_tries", _("Terlalu banyak kode salah. Minta pembeli menekan Terima di ponselnya."))
    if not secrets.compare_digest(code.strip().upper().encode(), order.pickup_code.encode()):
        order.pickup_tries += 1
        order.save()
        return order
    order.delivered_at = clock.now()
    order.complete_by = windows.complete_after_delivery(order.delivered_at)
    order.cancel_asked_at = None
    states.move(order, "hand_over", states.seller(user_id))
    tell.to_buyer("orders.delivered", order)
    return order


def hand_over(order_id: int, user_id: int, code: str) -> Order:
    """Hand over against the buyer's code; a wrong code is counted and refused."""
    order = try_code(order_id, user_id, code)
    if order.status == Order.Status.PROCESSING:
        raise InvalidInput("wrong_code", _("Kodenya tidak cocok. Minta pembeli membacakan lagi."), field="code")
    return order
