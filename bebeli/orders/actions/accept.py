"""The maker takes an order on."""

from __future__ import annotations

from bebeli.kit import clock
from bebeli.kit.steps import verb
from bebeli.orders import states, tell
from bebeli.orders.actions.lock_order import take
from bebeli.orders.models import Order


@verb
def accept(order_id: int, user_id: int) -> Order:
    """Move a paid order to processing; the same verb twice is a quiet success."""
    order = take(order_id).order
    if states.has_gone(order, "accept"):
        return order
    order.accepted_at = clock.now()
    states.move(order, "accept", states.seller(user_id))
    tell.to_buyer("orders.accepted", order)
    return order
