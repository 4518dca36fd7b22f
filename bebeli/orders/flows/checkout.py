"""Place and charge: the whole of a checkout for every door."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.steps import retried
from bebeli.orders.actions.place import find_placed, place, refuse_problems
from bebeli.orders.cart_view import look
from bebeli.orders.flows.charge import charge_purchase
from bebeli.orders.flows.quote import quote_cart
from bebeli.orders.models import Purchase
from bebeli.orders.models.payment import Method
from bebeli.orders.placing import Quoted, Wish
from bebeli.places.models import Region


def check_out(wish: Wish) -> Purchase:
    """Quote, place and charge; the same key and wish give the same purchase. A held row is tried once more."""
    if (known := find_placed(wish)) is not None:
        return known
    if wish.method not in Method.values:
        raise InvalidInput("method_not_offered", _("Pilih cara bayar yang tersedia."), field="payment_method")
    if wish.purse != Purchase.Purse.PERSONAL:
        raise Refused(
            "purse_needs_approval",
            _("Belanja dengan anggaran instansi atau perusahaan perlu persetujuan dan belum dibuka. Pakai uang pribadi."),
            field="purse",
        )
    try:
        purchase = _place(wish)
    except Refused:
        if (known := find_placed(wish)) is not None:  # the same press won meanwhile, and emptied the cart
            return known
        raise
    charge_purchase(purchase)
    return purchase


def _place(wish: Wish) -> Purchase:
    quoted = _quote(wish)
    return retried(lambda: place(wish, quoted))


def _quote(wish: Wish) -> Quoted:
    cart = look(wish.cart_id)
    if not cart.groups:
        raise Refused("cart_empty", _("Keranjang Anda kosong."))
    refuse_problems(cart.lines)
    region = Region.objects.get(pk=wish.address.region_code)
    return quote_cart(cart, region, wish.address.locality).choose(wish.shipping)
