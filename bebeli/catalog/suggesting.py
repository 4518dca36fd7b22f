"""What to offer while somebody types: words the goods use, categories, makers, products. Three queries, eight rows."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from bebeli.catalog import lexicon, search, words
from bebeli.catalog.models import Product, Word
from bebeli.sellers.models import Seller

SHORTEST = 2
MOST = 8
WORDS, CATEGORIES, MAKERS, PRODUCTS = 3, 2, 2, 5
NEAR_THE_TOP = 200  # only so many are ranked while somebody types


@dataclass(frozen=True)
class Suggestion:
    """One row: what kind it is, what it says, where it leads, and a picture or an icon."""

    kind: str
    words: str
    href: str
    note: str = ""
    picture: str = ""
    price: int | None = None


def suggest(text: str) -> list[Suggestion]:
    """Return at most eight rows for the beginning of a query."""
    typed = words.words_of(text[: search.LONGEST_QUERY])
    if not typed or len("".join(typed)) < SHORTEST:
        return []
    known = lexicon.read()
    goods = products(typed, known)
    rows = [
        *endings(typed, goods),
        *categories(typed, known),
        *makers(typed),
        *(
            Suggestion("product", row.name, reverse("catalog:product", args=[row.slug]), picture=row.cover, price=row.price_from)
            for row in goods
        ),
    ]
    return rows[:MOST]


def products(typed: list[str], known: lexicon.Lexicon) -> list[Product]:
    """Return the best products that have all the words."""
    query = SearchQuery(words.all_of(typed, known.synonyms), config="simple", search_type="raw")
    hits = Product.objects.on_sale().filter(search=query)
    best = hits.order_by("-popularity", "-id").values("pk")[:NEAR_THE_TOP]
    few = Product.objects.filter(pk__in=best)
    return list(search.scored(few, search.Attempt(query, typed)).order_by(*search.BY_SCORE)[:PRODUCTS])


def endings(typed: list[str], goods: list[Product]) -> list[Suggestion]:
    """Return how the last word may end; after other words only endings that a product found really has."""
    said = {word for row in goods for word in words.fold(f"{row.name_id} {row.name_en}")}
    begun = typed[-1]
    rows = Word.objects.filter(word__startswith=begun).order_by("-uses", "word")
    fit = [row for row in rows[: WORDS * 4] if len(typed) == 1 or row.word in said]
    texts = [" ".join([*typed[:-1], row.written]) for row in fit[:WORDS]]
    return [Suggestion("word", text, f"{reverse('catalog:search')}?{urlencode({'q': text})}") for text in texts]


def categories(typed: list[str], known: lexicon.Lexicon) -> list[Suggestion]:
    """Return categories whose name says all the words, in either language."""
    english = get_language() == "en"
    fit = [
        Suggestion("category", name_en if english else name_id, reverse("catalog:category", args=[slug]))
        for slug, name_id, name_en in known.categories
        if all(any(part.startswith(word) for part in words.fold(f"{name_id} {name_en}")) for word in typed)
    ]
    return sorted(fit, key=attrgetter("words"))[:CATEGORIES]


def makers(typed: list[str]) -> list[Suggestion]:
    """Return makers whose name says all the words; served by an index of trigrams from three letters on."""
    if max(map(len, typed)) < words.SHORTEST_PREFIX:
        return []
    named = Q()
    for word in typed:
        named &= Q(name__icontains=word)
    rows = Seller.objects.open().filter(named).select_related("district").only("slug", "name", "mark", "district__name")
    return [
        Suggestion("maker", row.name, reverse("catalog:stall", args=[row.slug]), note=row.district.name, picture=row.mark)
        for row in rows.order_by("name", "id")[:MAKERS]
    ]
