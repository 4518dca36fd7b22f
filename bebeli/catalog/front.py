"""What the front page shows: what sells, who never sold, and where makers are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, Count, F, Q, Value
from django.db.models.functions import MD5, Cast, Concat

from bebeli.catalog import search
from bebeli.catalog.models import Category, Product
from bebeli.kit import clock
from bebeli.places.models import Region
from bebeli.sellers.models import Seller

FIRST_BUYER_CARDS = 4
TILES = {  # where a kecamatan lies on the map of tiles, by row and column
    "tarumajaya": "t11", "babelan": "t12", "muaragembong": "t13", "cabangbungin": "t14",
    "tambunutara": "t22", "sukawangi": "t23", "sukakarya": "t24", "pebayuran": "t25",
    "tambunselatan": "t32", "tambelang": "t33", "sukatani": "t34", "karangbahagia": "t35", "kedungwaringin": "t36",
    "cibitung": "t42", "cikarangbarat": "t43", "cikarangutara": "t44", "cikarangtimur": "t45",
    "setu": "t52", "cikarangselatan": "t53", "cikarangpusat": "t54",
    "serangbaru": "t63", "cibarusah": "t64", "bojongmangu": "t65",
}  # fmt: skip


@dataclass(frozen=True)
class Tile:
    """One kecamatan: its name, how many stalls are open there, its place and its shade."""

    code: str
    name: str
    stalls: int
    place: str
    shade: str


@dataclass(frozen=True)
class Front:
    """Everything the front page needs."""

    tops: list[Category]
    popular: list[Product]
    unsold: list[Product]
    tiles: list[Tile]

    @property
    def stalls(self) -> int:
        """Open stalls in all."""
        return sum(tile.stalls for tile in self.tiles)


def of_today(cards: int) -> Front:
    """Read the front page in four queries; who never sold changes places each day."""
    return Front(list(Category.objects.tops()), popular(cards), unsold(FIRST_BUYER_CARDS), tiles())


def popular(cards: int) -> list[Product]:
    """What sold most in thirty days, of what is in stock."""
    rows = search.loaded(Product.objects.on_sale().filter(in_stock=True))
    return list(rows.order_by("-popularity", "-id")[:cards])


def unsold(cards: int) -> list[Product]:
    """One product each of stalls that never sold anything, in an order that changes daily."""
    day = Value(clock.today().isoformat())
    never = Seller.objects.open().exclude(products__standing__sold__gt=0)
    mixed = MD5(Concat(Cast(F("seller_id"), CharField()), day))
    rows = Product.objects.on_sale().filter(in_stock=True, seller__in=never).order_by("seller_id", "-popularity", "-id")
    first = rows.distinct("seller_id").values("pk")
    return list(search.loaded(Product.objects.filter(pk__in=first)).order_by(mixed)[:cards])


def tiles() -> list[Tile]:
    """The map: the more stalls, the darker."""
    open_stalls = Count("sellers", filter=Q(sellers__status=Seller.Status.OPEN))
    districts = Region.objects.districts_of_bekasi().annotate(stalls=open_stalls)
    rows = list(districts.values_list("code", "name", "folded_name", "stalls"))
    most = max((stalls for *_words, stalls in rows), default=0) or 1
    return [
        Tile(code, name, stalls, TILES.get(folded, ""), f"lv{1 + min(stalls * 5 // (most + 1), 4)}")
        for code, name, folded, stalls in rows
    ]
