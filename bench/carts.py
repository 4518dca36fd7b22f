"""Visitors' carts of one maker's goods, ready to be placed."""

from __future__ import annotations

import uuid
from collections import defaultdict
from random import Random

from bebeli.accounts.addressing import AddressValue, checked
from bebeli.catalog.models import Variant
from bebeli.kit import codes
from bebeli.orders.actions.open_cart import open_cart_of_visitor
from bebeli.orders.actions.place import place
from bebeli.orders.cart_view import look
from bebeli.orders.flows.quote import quote_cart
from bebeli.orders.models import CartLine
from bebeli.orders.placing import Quoted, Wish
from bebeli.places.models import Region

HOME = AddressValue(
    recipient="Pembeli Beban",
    phone="+6281200000001",
    region_code="32.16.09.2004",
    street="Jl. Contoh Beban No. 1",
    postal_code="17530",
)


class Carts:
    """Prepares carts with so many lines each, and places them."""

    def __init__(self, dice: Random, lines: int) -> None:
        self._dice, self._lines = dice, lines
        self._ready: list[tuple[Wish, Quoted]] = []
        by_seller: dict[int, list[tuple[int, int]]] = defaultdict(list)
        rows = Variant.objects.filter(product__status="published", product__seller__email__startswith="muat", on_hand__gt=30)
        for seller, pk, price in rows.order_by("pk").values_list("product__seller_id", "pk", "price"):
            by_seller[seller].append((pk, price))
        self._stalls = [goods for goods in by_seller.values() if len(goods) >= lines]

    def prepare(self, many: int) -> None:
        """Fill and quote so many carts."""
        region = Region.objects.with_ancestry().get(pk=HOME.region_code)
        self._ready = [self._one(region) for _ in range(many)]

    def _one(self, region: Region) -> tuple[Wish, Quoted]:
        token = codes.random_token()
        cart = open_cart_of_visitor(token)
        goods = self._dice.sample(self._dice.choice(self._stalls), self._lines)
        CartLine.objects.bulk_create([CartLine(cart=cart, variant_id=pk, quantity=1, price_seen=price) for pk, price in goods])
        quoted = quote_cart(look(cart.pk), region)
        shipping = {part.seller.slug: "local" for part in quoted.sellers}
        wish = Wish(
            cart.pk, None, "tamu@example.com", checked(HOME), shipping, "bca_va", "personal", uuid.uuid4().hex, guest_token=token
        )
        return wish, quoted.choose(shipping)

    def place(self) -> None:
        """Place what was prepared."""
        for wish, quoted in self._ready:
            place(wish, quoted)
        self._ready.clear()
