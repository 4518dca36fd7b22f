"""What the front page shows: what sells, who never sold, and where makers are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from django.db.models import CharField, Count, F, Q, Value
from django.db.models.functions import MD5, Cast, Concat

from bebeli.catalog import search
from bebeli.catalog.models import Category, Figure, Product
from bebeli.kit import clock
from bebeli.places.models import Region
from bebeli.sellers.models import Seller

FIRST_BUYER_CARDS = 4
SHOWCASE_CARDS = 6
SHOWCASE_FROM = 300
TILES = {  # where a kecamatan lies on the map of tiles, by row and column, and after which letter a narrow tile may break it
    "tarumajaya": ("t11", 6), "babelan": ("t12", 0), "muaragembong": ("t13", 5), "cabangbungin": ("t14", 6),
    "tambunutara": ("t22", 0), "sukawangi": ("t23", 4), "sukakarya": ("t24", 4), "pebayuran": ("t25", 3),
    "tambunselatan": ("t32", 0), "tambelang": ("t33", 3), "sukatani": ("t34", 4), "karangbahagia": ("t35", 0),
    "kedungwaringin": ("t36", 0), "cibitung": ("t42", 4), "cikarangbarat": ("t43", 0), "cikarangutara": ("t44", 0),
    "cikarangtimur": ("t45", 0), "setu": ("t52", 0), "cikarangselatan": ("t53", 0), "cikarangpusat": ("t54", 0),
    "serangbaru": ("t63", 0), "cibarusah": ("t64", 4), "bojongmangu": ("t65", 6),
}  # fmt: skip
SOFT_HYPHEN = "\u00ad"


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
    showcase: list[Product]
    popular: list[Product]
    unsold: list[Product]
    tiles: list[Tile]
    received: Figure | None

    @property
    def stalls(self) -> int:
        """Open stalls in all."""
        return sum(tile.stalls for tile in self.tiles)


def of_today(cards: int) -> Front:
    """Read the front page in seven queries; who never sold changes places each day."""
    received = Figure.objects.filter(pk=Figure.Name.RECEIVED_BY_MAKERS).first()
    tops = list(Category.objects.tops())
    return Front(tops, showcase(), popular(cards), unsold(FIRST_BUYER_CARDS), tiles(), received)


def showcase() -> list[Product]:
    """Of what sells, one of each kind of shelf first, so that the window shows many things."""
    shelves: dict[str, list[int]] = {}
    sells = Product.objects.on_sale().filter(in_stock=True).order_by("-popularity", "-id")
    for pk, path in sells.values_list("pk", "category__path")[:SHOWCASE_FROM]:
        shelves.setdefault(path.partition("/")[0], []).append(pk)
    chosen = [pk for layer in zip_longest(*shelves.values()) for pk in layer if pk is not None][:SHOWCASE_CARDS]
    found = search.loaded(Product.objects.filter(pk__in=chosen))
    return sorted(found, key=lambda product: chosen.index(product.pk))


def popular(cards: int) -> list[Product]:
    """What sold most in thirty days, of what is in stock."""
    rows = search.loaded(Product.objects.on_sale().filter(in_stock=True))
    return list(rows.order_by("-popularity", "-id")[:cards])


def popular_in(district: str, cards: int) -> list[Product]:
    """What sold most of one kecamatan's makers, of what is in stock."""
    rows = search.loaded(Product.objects.on_sale().filter(in_stock=True, seller__district_id=district))
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
        Tile(code, _breakable(name, folded), stalls, _place(folded)[0], f"lv{1 + min(stalls * 5 // (most + 1), 4)}")
        for code, name, folded, stalls in rows
    ]


def _place(folded: str) -> tuple[str, int]:
    return TILES.get(folded, ("", 0))


def _breakable(name: str, folded: str) -> str:
    """Return the name with a soft hyphen where it may be broken."""
    at = _place(folded)[1]
    return f"{name[:at]}{SOFT_HYPHEN}{name[at:]}" if at else name
