"""Categories and search: lists of products."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from bebeli.catalog import front, search
from bebeli.catalog.forms import CERTIFICATES, ORDERINGS, FilterForm
from bebeli.catalog.models import Category, Product
from bebeli.catalog.search import Filters
from bebeli.catalog.views import chips
from bebeli.catalog.words import fold
from bebeli.kit.access import public
from bebeli.kit.page_cache import for_everybody
from bebeli.kit.paging import page
from bebeli.places.models import Region
from bebeli.sellers.models import Seller

CARDS = 24
NEIGHBOURS = 8
MAKERS = 3


def listed(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    """Return the context of any list of products."""
    found = search.find(filters)
    rows = page(found.queryset, found.order, request.GET.get("cursor", ""), CARDS)
    query = request.GET.copy()
    query.pop("cursor", None)
    districts = list(Region.objects.districts_of_bekasi())
    return {
        "page": rows,
        "query": query.urlencode(),
        "filters": filters,
        "found": found,
        "districts": districts,
        "orderings": ORDERINGS,
        "certificates": CERTIFICATES,
        "active": count_active(filters),
        "chips": chips.of(query, filters, districts),
    }


def count_active(filters: Filters) -> int:
    """Count the filters that narrow the list, for the button's badge."""
    flags = (
        filters.district,
        filters.certificate,
        filters.in_stock,
        filters.export_ready,
        filters.min_price is not None,
        filters.max_price is not None,
    )
    return sum(bool(flag) for flag in flags)


@public
@for_everybody
@require_GET
def categories(request: HttpRequest) -> HttpResponse:
    """All categories as a tree."""
    rows = list(Category.objects.order_by("position"))
    tree = [(top, [row for row in rows if row.parent_id == top.pk]) for top in rows if top.parent_id is None]
    return render(request, "catalog/categories.html", {"tree": tree})


@public
@for_everybody
@require_GET
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """One category with everything below it."""
    here = get_object_or_404(Category.objects.select_related("parent"), slug=slug)
    context = listed(request, FilterForm(request.GET).filters(category=slug))
    siblings = Category.objects.filter(parent=here.parent or here).order_by("position")
    return render(request, "catalog/category.html", {**context, "category": here, "siblings": siblings})


@public
@for_everybody
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """What the words found, with the makers they name; nothing found shows neighbours."""
    filters = FilterForm(request.GET).filters()
    context = listed(request, filters)
    found, rows = context["found"], context["page"].rows
    if not rows:
        context |= neighbours(filters.district or found.district)
    kept = [("kategori", filters.category), ("toko", filters.seller)]
    context["kept"] = [(name, value) for name, value in kept if value]
    context["makers"] = makers_named(rows, found.words)
    return render(request, "catalog/search.html", {**context, "search_words": filters.q})


def makers_named(rows: list[Product], asked: list[str]) -> list[Seller]:
    """Return the makers of these products whose own name says every word that was asked for."""
    makers = {row.seller_id: row.seller for row in rows}.values()
    return [maker for maker in makers if asked and all(_says(fold(maker.name), word) for word in asked)][:MAKERS]


def _says(name: list[str], word: str) -> bool:
    return any(part.startswith(word) for part in name) or word in "".join(name)


def neighbours(district: str) -> dict[str, Any]:
    """Return what to show instead: goods from the kecamatan that was named, else what sells, and all categories."""
    near = front.popular_in(district, NEIGHBOURS) if district else []
    return {
        "neighbours": near or front.popular(NEIGHBOURS),
        "neighbourhood": near[0].seller.district if near else None,
        "tops": Category.objects.tops(),
    }
