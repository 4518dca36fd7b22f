"""Take a line out of a cart."""

from __future__ import annotations

from bebeli.kit import clock
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.models import Cart, CartLine


@verb
def remove_line(cart_id: int, line_id: int) -> tuple[str, int] | None:
    """Remove it and return its SKU and quantity, so that it can be put back; None when it is gone already."""
    cart = Locks().row(Cart, cart_id)
    line = CartLine.objects.select_related("variant").filter(cart=cart, pk=line_id).first()
    if line is None:
        return None
    removed = (line.variant.sku, line.quantity)
    line.delete()
    cart.changed_at = clock.now()
    cart.save()
    return removed
