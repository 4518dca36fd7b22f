"""Products with their variants, opening stock, prices, pictures and the search index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Max

from bebeli.catalog import search
from bebeli.catalog.models import Category, Picture, PriceChange, Product, ProductStanding, StockMovement, Variant
from bebeli.sellers.models import Seller
from demo.load import words
from demo.load.copying import copy, next_ids
from demo.load.plan import SELLER, Plan
from demo.story import told

BATCH = 5_000
ASIDE = "load_product"
OLDEST, YOUNGEST = 80 * 24 * 60, 31 * 24 * 60  # minutes ago: before the first order
SOLD_OUT = 0.03
TWO_SIZES = 0.3
EXPORTED = 0.1
NATION = 0.8


def write_products(plan: Plan, categories: dict[str, Category]) -> None:
    """Write the products in batches, each findable at once."""
    stalls = list(Seller.objects.open().filter(email__startswith=SELLER).order_by("pk").values_list("pk", "district__name"))
    pictures = _pictures()
    first = (Product.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    for start in range(0, plan.products, BATCH):
        ids = next_ids(Product, min(BATCH, plan.products - start))
        products = [_product(plan, pk, first + start + at, stalls, categories, pictures) for at, pk in enumerate(ids)]
        _write(plan, products)
        plan.say("produk", start + len(products))


def _pictures() -> dict[str, list[dict[str, Any]]]:
    """Return the story's drawn pictures by category, so that cards show what they name."""
    drawn: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in told.catalog()["products"]:
        drawn[row["category"]].append(told.pictures()[row["sku"]])
    return drawn


def _product(
    plan: Plan,
    pk: int,
    number: int,
    stalls: Sequence[tuple[int, str]],
    categories: dict[str, Category],
    pictures: dict[str, list[dict[str, Any]]],
) -> dict[str, Any]:
    dice = plan.dice
    slug = dice.choice(tuple(words.GOODS))
    goods = words.GOODS[slug]
    seller, district = dice.choice(stalls)
    name = words.product(dice, goods, district)
    written = plan.now - timedelta(minutes=dice.randint(YOUNGEST, OLDEST))
    cover = dice.choice(pictures[slug])
    return {
        "id": pk,
        "slug": f"{name.lower().replace(' ', '-').replace('.', '')}-m{number}",
        "seller_id": seller,
        "category_id": categories[slug].pk,
        "name_id": name,
        "description_id": f"{name}, dibuat sendiri dalam jumlah kecil. Kemasan {goods.unit}, tahan dikirim.",
        "unit": goods.unit,
        "status": Product.Status.PUBLISHED,
        "ship_scope": Product.Scope.NATION if dice.random() < NATION else Product.Scope.REGENCY,
        "axes": [],
        "export_ready": dice.random() < EXPORTED,
        "cover": cover["digest"],
        "created_at": written,
        "published_at": written,
        "changed_at": written,
        "is_demo": True,
        "picture": cover,
        "variants": _variants(plan, number, goods),
    }


def _variants(plan: Plan, number: int, goods: words.Goods) -> list[dict[str, Any]]:
    price = plan.dice.randrange(goods.cheap, goods.dear, 500)
    sizes = ((1, "Satuan"), (3, "Isi 3")) if plan.dice.random() < TWO_SIZES else ((1, ""),)
    return [
        {
            "sku": f"M{number}-{at}",
            "options": {"Kemasan": label} if label else {},
            "price": price * pieces - (500 * pieces if pieces > 1 else 0),
            "weight_g": goods.weight_g * pieces,
            "position": at,
            "on_hand": 0 if plan.dice.random() < SOLD_OUT else plan.dice.randint(40, 600),
        }
        for at, (pieces, label) in enumerate(sizes)
    ]


def _write(plan: Plan, products: Sequence[dict[str, Any]]) -> None:
    ids = next_ids(Variant, sum(len(row["variants"]) for row in products))
    variants: list[dict[str, Any]] = []
    pictures = []
    for row in products:
        own = [
            {"id": next(ids), "product_id": row["id"], "price_since": row["created_at"], **variant}
            for variant in row.pop("variants")
        ]
        row["price_from"] = min(variant["price"] for variant in own)
        row["in_stock"] = any(variant["on_hand"] for variant in own)
        if len(own) > 1:
            row["axes"] = [{"name": "Kemasan", "options": [variant["options"]["Kemasan"] for variant in own]}]
        variants += own
        pictures.append({"product_id": row["id"], "alt_id": row["name_id"], "alt_en": "", **row.pop("picture")})
    _put_up(products)
    copy(Picture, pictures)
    copy(ProductStanding, ({"product_id": row["id"], "counted_at": plan.now} for row in products))
    copy(Variant, variants)
    copy(StockMovement, (_opening(row) for row in variants if row["on_hand"]))
    copy(PriceChange, ({"variant_id": row["id"], "price": row["price"], "at": row["price_since"]} for row in variants))


def _put_up(products: Sequence[dict[str, Any]]) -> None:
    """Index the products aside first: so each goes into the shelf's many indexes once, not twice."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {ASIDE} ON COMMIT DROP AS SELECT * FROM catalog_product LIMIT 0")
        copy(Product, products, ASIDE)
        search.index((row["id"] for row in products), ASIDE)
        cursor.execute(f"INSERT INTO catalog_product SELECT * FROM {ASIDE}")
        cursor.execute(f"DROP TABLE {ASIDE}")


def _opening(variant: dict[str, Any]) -> dict[str, Any]:
    return {
        "variant_id": variant["id"],
        "kind": StockMovement.Kind.OPENING,
        "delta": variant["on_hand"],
        "on_hand_after": variant["on_hand"],
        "idem_key": f"opening:{variant['sku']}",
        "at": variant["price_since"],
    }
