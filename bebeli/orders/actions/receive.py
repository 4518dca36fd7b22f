"""The buyer has the goods: the money becomes the maker's."""

from __future__ import annotations

from bebeli.kit import clock
from bebeli.kit.steps import verb
from bebeli.orders import states
from bebeli.orders.actions.lock_order import Taken, complete, take
from bebeli.orders.models import Order

S = Order.Status


@verb
def receive(order_id: int, user_id: int | None) -> Order:
    """Complete a shipped or delivered order because its buyer says so; the same verb twice is a quiet success."""
    taken = take(order_id)
    if taken.order.status != S.COMPLETED:
        _complete(taken, states.buyer(user_id), "")
    return taken.order


@verb
def complete_by_time(order_id: int) -> Order:
    """Complete an order whose window has passed without a word from the buyer."""
    taken = take(order_id)
    order = taken.order
    if order.complete_by is not None and order.complete_by <= clock.now() and order.status in {S.SHIPPED, S.DELIVERED}:
        _complete(taken, states.SYSTEM, "batas waktu konfirmasi lewat")
    return order


def _complete(taken: Taken, who: states.Who, reason: str) -> None:
    order = taken.order
    if order.status == S.SHIPPED:
        order.delivered_at = clock.now()
        states.move(order, "deliver", who, reason=reason)
    complete(taken, "complete", who, reason)
