"""Finding products by words, filters and order. Full text first; trigrams only when the words found too little.

`find` takes `Filters` and returns `Found`: a queryset of `Product` with seller, district and standing loaded, and the order
that keyset paging walks. Indonesian stemming is poor, so words are matched as prefixes of the plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import add, and_

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import connection
from django.db.models import F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, Least

from bebeli.catalog.models import Category, Product

ORDERS: dict[str, tuple[str, ...]] = {
    "popular": ("-popularity", "-id"),
    "newest": ("-published_at", "-id"),
    "price": ("price_from", "id"),
    "-price": ("-price_from", "-id"),
}
BY_SCORE = ("-score", "-id")
ENOUGH = 4
BEST = 1000
MOST_WORDS = 8
LONGEST_PRICE = 10**12
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Filters:
    """What the shopper asked for. Empty means: do not care. Prices in rupiah."""

    q: str = ""
    category: str = ""
    seller: str = ""
    district: str = ""
    min_price: int | None = None
    max_price: int | None = None
    certificate: str = ""
    level: str = ""
    export_ready: bool = False
    in_stock: bool = False
    ordering: str = ""


@dataclass(frozen=True)
class Found:
    """Products and how they are walked; `is_guess` when only similar words were found."""

    queryset: QuerySet[Product]
    order: tuple[str, ...]
    is_guess: bool = False


def words_of(text: str) -> list[str]:
    """Return the words of a query, lower case, at most eight."""
    return WORD.findall(text.lower().replace("\0", ""))[:MOST_WORDS]


def find(filters: Filters) -> Found:
    """Return what fits, best first when words were given and no order was asked for."""
    rows = narrowed(filters)
    words = words_of(filters.q)
    if not words:
        return Found(loaded(rows), ORDERS.get(filters.ordering, ORDERS["popular"]))
    query = SearchQuery(" & ".join(f"{word}:*" for word in words), config="simple", search_type="raw")
    hits = rows.filter(search=query)
    order = ORDERS.get(filters.ordering, BY_SCORE)
    if len(hits.values_list("pk")[:ENOUGH]) == ENOUGH:
        return Found(scored_by_words(hits, query), order)
    similar = rows.filter(reduce(and_, (Q(search_text__trigram_word_similar=word) for word in words)))
    if hits.exists():
        return Found(scored_by_similarity(rows.filter(Q(search=query) | Q(pk__in=similar.values("pk")[:BEST])), words), order)
    return Found(scored_by_similarity(similar, words), order, is_guess=True)


def narrowed(filters: Filters) -> QuerySet[Product]:
    """Return the products on sale that pass every filter but the words."""
    rows = Product.objects.on_sale()
    if filters.category:
        tree = Category.objects.filter(slug=filters.category).values_list("path", flat=True).first()
        rows = rows.filter(category__path__startswith=tree) if tree else rows.none()
    if filters.seller:
        rows = rows.filter(seller__slug=filters.seller)
    if filters.district:
        rows = rows.filter(seller__district_id=filters.district)
    if filters.min_price is not None:
        rows = rows.filter(price_from__gte=min(filters.min_price, LONGEST_PRICE))
    if filters.max_price is not None:
        rows = rows.filter(price_from__lte=min(filters.max_price, LONGEST_PRICE))
    if filters.certificate:
        rows = rows.filter(pk__in=Product.objects.filter(certificates__kind=filters.certificate).values("pk"))
    if filters.export_ready:
        rows = rows.filter(export_ready=True)
    return rows.filter(in_stock=True) if filters.in_stock else rows


def loaded(rows: QuerySet[Product]) -> QuerySet[Product]:
    """Load what a card shows."""
    return rows.select_related("seller__district", "standing").defer(
        "search", "search_text", "description_id", "description_en", "seller__story_id", "seller__story_en"
    )


def scored_by_words(hits: QuerySet[Product], query: SearchQuery) -> QuerySet[Product]:
    """Rank the thousand most popular hits by where the words stand and by popularity."""
    best = hits.order_by("-popularity", "-id").values("pk")[:BEST]
    score = SearchRank(F("search"), query) * Value(100_000.0) + Least(F("popularity"), Value(1000)) * Value(20.0)
    return loaded(Product.objects.filter(pk__in=best)).annotate(score=Cast(score, IntegerField()))


def scored_by_similarity(rows: QuerySet[Product], words: list[str]) -> QuerySet[Product]:
    """Rank by how near each word comes to the text."""
    nearness = reduce(add, (TrigramWordSimilarity(word, "search_text") for word in words))
    return loaded(rows).annotate(score=Cast(nearness * Value(100_000.0), IntegerField()))


INDEX = """
UPDATE {table} p SET
    search_text = lower(concat_ws(' ', p.name_id, p.name_en, s.name, c.name_id, c.name_en, top.name_id, d.name, d.folded_name,
        p.tags::text, regexp_replace(p.name_id, '[^[:alnum:]]', '', 'g'))),
    search = setweight(to_tsvector('simple', concat_ws(' ', p.name_id, p.name_en)), 'A')
        || setweight(to_tsvector('indonesian', p.name_id), 'B')
        || setweight(to_tsvector('simple', concat_ws(' ', s.name, c.name_id, c.name_en, top.name_id, top.name_en, d.name,
            d.folded_name, p.tags::text)), 'B')
        || setweight(to_tsvector('simple', concat_ws(' ', p.description_id, p.description_en)), 'D')
FROM sellers_seller s, places_region d, catalog_category c LEFT JOIN catalog_category top ON top.id = c.parent_id
WHERE p.id = ANY(%s) AND s.id = p.seller_id AND d.code = s.district_id AND c.id = p.category_id
"""


def index(product_ids: Iterable[int], table: str = "catalog_product") -> None:
    """Make products findable by their present texts; a step of the verb that changed them.

    `table` may be another one with the same columns: bulk data are indexed before they are put on the shelf.
    """
    ids = sorted(set(product_ids))
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(INDEX.format(table=table), [ids])
