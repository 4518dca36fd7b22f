"""The maker says that an own delivery arrived."""

from __future__ import annotations

from bebeli.kit import clock
from bebeli.kit.steps import verb
from bebeli.orders import states, tell, windows
from bebeli.orders.actions.lock_order import take
from bebeli.orders.models import Order


@verb
def deliver(order_id: int, user_id: int) -> Order:
    """Move a shipped order to delivered; the buyer's window to confirm begins."""
    order = take(order_id).order
    if states.has_gone(order, "deliver"):
        return order
    order.delivered_at = clock.now()
    order.complete_by = windows.complete_after_delivery(order.delivered_at)
    states.move(order, "deliver", states.seller(user_id))
    tell.to_buyer("orders.delivered", order)
    return order
