"""Set how many of a cart's line are wanted."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.actions.add_to_cart import check_available, on_sale
from bebeli.orders.models import Cart, CartLine


@verb
def change_line(cart_id: int, line_id: int, quantity: int) -> CartLine:
    """Set a quantity; refused when below one or above what there is. Raises CartLine.DoesNotExist for a stranger's."""
    if quantity < 1:
        raise InvalidInput("bad_quantity", _("Jumlah paling sedikit 1."), field="quantity")
    cart = Locks().row(Cart, cart_id)
    line = CartLine.objects.select_related("variant").get(cart=cart, pk=line_id)
    check_available(on_sale(line.variant.sku), quantity)
    line.quantity = quantity
    line.save()
    cart.changed_at = clock.now()
    cart.save()
    return line
