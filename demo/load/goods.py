"""What the loaded orders buy: the loaded stalls' variants, some of them much more wanted than others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random

from django.core.management.base import CommandError

from bebeli.catalog.models import Product, Variant
from bebeli.kit.locks import Locks
from bebeli.sellers.models import Membership
from demo.load.plan import SELLER

SHELVED = (400, 20_000)  # at least and at most so many different variants, else two for each order
KEPT_BACK = 20  # of every variant so many stay for the measurements
TRIES = 200
SKEW = 3.0


@dataclass
class Ware:
    """One variant on a loaded stall; `left` is what may still be sold of it in this run."""

    variant_id: int
    sku: str
    label: str
    price: int
    weight_g: int
    product_id: int
    name: str
    slug: str
    cover: str
    seller_id: int
    zone: str
    owner_id: int
    on_hand: int
    left: int


class Wares:
    """The wares by popularity and by stall."""

    def __init__(self, dice: Random, orders: int) -> None:
        self._dice = dice
        self.rows = _read(dice, min(max(orders * 2, SHELVED[0]), SHELVED[1]))
        self._by_seller: dict[int, list[Ware]] = defaultdict(list)
        for ware in self.rows:
            self._by_seller[ware.seller_id].append(ware)
        self.stalls = len(self._by_seller)

    def pick(self, pieces: int, not_from: int = 0) -> Ware:
        """Take so many pieces of one ware, popular ones more often, not from one seller; refuses when nothing is left."""
        for _try in range(TRIES):
            ware = self.rows[int(len(self.rows) * self._dice.random() ** SKEW)]
            if ware.left >= pieces and ware.seller_id != not_from:
                ware.left -= pieces
                return ware
        message = "Not enough stock on the loaded stalls for so many orders: give more --products."
        raise CommandError(message)

    def beside(self, ware: Ware, pieces: int) -> Ware | None:
        """Take so many pieces of another ware of the same stall, None when chance finds none."""
        other = self._dice.choice(self._by_seller[ware.seller_id])
        if other is ware or other.left < pieces:
            return None
        other.left -= pieces
        return other


def _read(dice: Random, most: int) -> list[Ware]:
    on_sale = Variant.objects.filter(
        is_active=True,
        product__status=Product.Status.PUBLISHED,
        product__seller__status="open",
        product__seller__email__startswith=SELLER,
        on_hand__gt=KEPT_BACK,
    )
    ids = list(on_sale.order_by("pk").values_list("pk", flat=True))
    if not ids:
        message = f"Nobody sells anything yet: orders need --sellers and --products (stalls of {SELLER}…@example.com)."
        raise CommandError(message)
    chosen = sorted(dice.sample(ids, min(most, len(ids))))
    Locks().rows(Variant, chosen)
    owners = dict(Membership.objects.order_by("-pk").values_list("seller_id", "user_id"))
    fields = ("pk", "sku", "options", "price", "weight_g", "product_id", "product__name_id", "product__slug", "product__cover")
    stock = ("product__seller_id", "product__seller__district__zone", "on_hand", "reserved")
    return [
        Ware(pk, sku, ", ".join(options.values()), price, weight, product, name, slug, cover, seller, zone,
             owners[seller], on_hand, on_hand - reserved - KEPT_BACK)
        for pk, sku, options, price, weight, product, name, slug, cover, seller, zone, on_hand, reserved
        in Variant.objects.filter(pk__in=chosen).order_by("pk").values_list(*fields, *stock)
    ]  # fmt: skip
