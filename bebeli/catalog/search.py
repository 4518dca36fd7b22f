"""Finding products by words, filters and order.

`find` takes `Filters` and returns `Found`: a queryset of `Product` with seller, district and standing loaded, the order
that keyset paging walks, and what had to be guessed. Words are tried from strict to loose: all of them as typed (with
their synonyms, in any order, joined or split), all of them as meant (slips mended), without the kecamatan, any of them.
Only the 192 most popular hits are ranked: nobody turns more pages, and the work stays the same however large the shelf
is. Indonesian stemming is poor, so words match as beginnings of plain words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, FloatField, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Least

from bebeli.catalog import lexicon, words
from bebeli.catalog.indexing import index
from bebeli.catalog.models import Category, Product
from bebeli.catalog.understanding import Understood, understand
from bebeli.kit.plans import planned_anew

__all__ = ["LONGEST_PRICE", "LONGEST_QUERY", "ORDERS", "Filters", "Found", "find", "index", "loaded"]

ORDERS: dict[str, tuple[str, ...]] = {
    "popular": ("-popularity", "-id"),
    "newest": ("-published_at", "-id"),
    "price": ("price_from", "id"),
    "-price": ("-price_from", "-id"),
}
BY_SCORE = ("-score", "-id")
ENOUGH = 4
BEST = 192  # eight pages
MANY = 5000
LONGEST_PRICE = 10**12
LONGEST_QUERY = 100
WEIGHTS = [0.1, 0.6, 0.4, 1.0]  # of D, C, B, A
TYPED, MEANT, WANTED = 100_000.0, 50_000.0, 8.0
MOST_WANTED = 1000


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
    """Products and how they are walked.

    `meant` is the corrected query, `is_corrected` when the products are those of `meant`; `is_guess` when no product has
    all the words; `elsewhere` names the kecamatan that was asked for and has none. `words` are those that were understood.
    """

    queryset: QuerySet[Product]
    order: tuple[str, ...]
    is_guess: bool = False
    meant: str = ""
    is_corrected: bool = False
    elsewhere: str = ""
    district: str = ""
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Attempt:
    """One way to read the query, and what is to be said when it is the one that found something."""

    query: SearchQuery
    words: list[str]
    is_guess: bool = False
    is_corrected: bool = False
    elsewhere: str = ""


def find(filters: Filters) -> Found:
    """Return what fits, best first when words were given and no order was asked for; four to eight small queries."""
    rows = narrowed(filters)
    asked = words.words_of(filters.q[:LONGEST_QUERY])
    if not asked:
        return Found(loaded(rows), ORDERS.get(filters.ordering, ORDERS["popular"]))
    known = lexicon.read()
    understood = understand(asked, known)
    named = known.district_in(understood.meant)
    order = ORDERS.get(filters.ordering, BY_SCORE)
    for attempt in attempts(understood, known):
        hits = rows.filter(search=attempt.query)
        number, found = ranked(hits, attempt) if order == BY_SCORE else collected(hits)
        if number:
            doubtful = attempt.is_corrected or (number < ENOUGH and is_slip(understood))
            return Found(
                queryset=found,
                order=order,
                is_guess=attempt.is_guess,
                meant=understood.written if understood.is_mended and doubtful else "",
                is_corrected=attempt.is_corrected,
                elsewhere=attempt.elsewhere,
                district=named[0] if named else "",
                words=attempt.words,
            )
    return Found(loaded(rows.none()), ORDERS["popular"], district=named[0] if named else "", words=understood.meant)


def attempts(understood: Understood, known: lexicon.Lexicon) -> Iterator[Attempt]:
    """Yield the ways to read a query, strict ones first; the vocabulary makes sure that no two are the same."""
    typed, meant, mended = understood.typed, understood.meant, understood.is_mended
    yield Attempt(_query(words.all_of(typed, known.synonyms)), typed)
    if meant != typed:
        yield Attempt(_query(words.all_of(meant, known.synonyms)), meant, is_corrected=mended)
    named = known.district_in(meant)
    if named is not None and named[2]:
        _code, name, rest = named
        yield Attempt(_query(words.all_of(rest, known.synonyms)), rest, is_corrected=mended, elsewhere=name)
    told = [word for word in meant if word not in understood.lost]
    if len(told) > 1 or (told and told != meant):
        yield Attempt(_query(words.any_of(told, known.synonyms)), told, is_guess=True, is_corrected=mended)


def is_slip(understood: Understood) -> bool:
    """Whether the mended words are more than the typed ones written to their end."""
    return not "".join(understood.meant).startswith("".join(understood.typed))


def _query(text: str) -> SearchQuery:
    return SearchQuery(text, config="simple", search_type="raw")


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
        "search", "description_id", "description_en", "seller__story_id", "seller__story_en"
    )


def ranked(hits: QuerySet[Product], attempt: Attempt) -> tuple[int, QuerySet[Product]]:
    """Return how many hits there are, up to those worth ranking, and these with their score."""
    with planned_anew():
        best = list(popular(hits, BEST))
    return len(best), scored(Product.objects.filter(pk__in=best), attempt)


def collected(hits: QuerySet[Product]) -> tuple[int, QuerySet[Product]]:
    """Return how many hits there are, up to some thousands, and all of them so that any order is read well.

    They are collected first and then put in order. Left to itself Postgres walks the shelf in that order and hopes to
    meet hits soon; of very many it does.
    """
    with planned_anew():
        number = popular(hits, MANY).count()
    return number, loaded(Product.objects.filter(pk__in=popular(hits, MANY)) if number < MANY else hits)


def popular(hits: QuerySet[Product], most: int) -> QuerySet[Product, int]:
    """The keys of the most popular hits.

    Asking for many in an order makes Postgres choose well: rare words by the index of words, common ones by popularity.
    Asked for any four rows it reads the whole shelf for words that never meet.
    """
    return hits.order_by("-popularity", "-id").values_list("pk", flat=True)[:most]


def scored(best: QuerySet[Product], attempt: Attempt) -> QuerySet[Product]:
    """Rank by where the words stand, the typed ones first, and by popularity."""
    typed = SearchRank(F("search"), _query(words.exactly(attempt.words)), weights=WEIGHTS)
    meant = SearchRank(F("search"), attempt.query, weights=WEIGHTS)
    score = (
        Cast(typed, FloatField()) * Value(TYPED)
        + Cast(meant, FloatField()) * Value(MEANT)
        + Cast(Least(F("popularity"), Value(MOST_WANTED)), FloatField()) * Value(WANTED)
    )
    return loaded(best).annotate(score=Cast(score, IntegerField()))
