"""Agree to a line's changed price."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.models import Cart, CartLine


@verb
def accept_price(cart_id: int, line_id: int, price_seen: int) -> CartLine:
    """Write the price the shopper was shown and agreed to; refused when it has changed once more."""
    cart = Locks().row(Cart, cart_id)
    line = CartLine.objects.select_related("variant").get(cart=cart, pk=line_id)
    if line.variant.price != price_seen:
        raise Refused(
            "price_changed",
            _("Harganya berubah lagi. Periksa harga yang baru."),
            field="price_seen",
            lines=[{"sku": line.variant.sku, "old": price_seen, "new": line.variant.price}],
        )
    line.price_seen = price_seen
    line.save()
    return line
