"""Put what an old order held into the cart again, as far as it can still be had."""

from __future__ import annotations

from dataclasses import dataclass

from bebeli.kit.errors import Refused
from bebeli.orders.actions.add_to_cart import add_to_cart
from bebeli.orders.models import Order


@dataclass(frozen=True)
class Refilled:
    """How many lines came into the cart, and the names of those that could not."""

    added: int
    missing: tuple[str, ...]


def buy_again(cart_id: int, order: Order) -> Refilled:
    """Add each line at today's price; what is sold out or gone is named, not guessed at."""
    missing = []
    lines = list(order.lines.order_by("pk"))
    for line in lines:
        try:
            add_to_cart(cart_id, line.sku, line.quantity)
        except Refused:
            missing.append(line.name)
    return Refilled(len(lines) - len(missing), tuple(missing))
