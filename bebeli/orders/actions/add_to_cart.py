"""Put so many of a variant into a cart."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.catalog.models import Variant
from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.models import Cart, CartLine
from bebeli.orders.models.cart import MAX_LINES, MAX_QUANTITY


@verb
def add_to_cart(cart_id: int, sku: str, quantity: int) -> CartLine:
    """Add to what the cart already holds; refused when unknown, not on sale, or more than there is."""
    if quantity < 1:
        raise InvalidInput("bad_quantity", _("Jumlah paling sedikit 1."), field="quantity")
    cart = Locks().row(Cart, cart_id)
    variant = on_sale(sku)
    line = CartLine.objects.filter(cart=cart, variant=variant).first()
    wanted = quantity + (line.quantity if line else 0)
    check_available(variant, wanted)
    if line is None:
        if cart.lines.count() >= MAX_LINES:
            raise Refused("cart_full", _("Keranjang penuh: paling banyak 60 jenis barang sekali belanja."))
        line = CartLine(cart=cart, variant=variant, price_seen=variant.price, added_at=clock.now())
    line.quantity = wanted
    line.save()
    cart.changed_at = clock.now()
    cart.save()
    return line


def on_sale(sku: str) -> Variant:
    """Return the variant the public may buy; raises Refused `not_on_sale`."""
    variant = (
        Variant.objects.select_related("product", "product__seller")
        .filter(sku=sku, is_active=True, product__status="published", product__seller__status="open")
        .first()
    )
    if variant is None:
        raise Refused("not_on_sale", _("Barang ini sedang tidak dijual."), field="sku", sku=sku)
    return variant


def check_available(variant: Variant, wanted: int) -> None:
    """Refuse more than there is, naming how many there are."""
    if wanted > MAX_QUANTITY:
        raise InvalidInput("bad_quantity", _("Jumlah paling banyak 9.999."), field="quantity")
    if variant.available < 1:
        raise Refused("out_of_stock", _("Stok barang ini habis."), field="quantity", skus=[{"sku": variant.sku, "available": 0}])
    if wanted > variant.available:
        raise Refused(
            "out_of_stock",
            _("Stok tinggal %(count)s. Kurangi jumlahnya.") % {"count": variant.available},
            field="quantity",
            skus=[{"sku": variant.sku, "available": variant.available}],
        )
