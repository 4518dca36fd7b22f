"""Categories and search: lists of products."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from bebeli.catalog import front, search
from bebeli.catalog.forms import CERTIFICATES, ORDERINGS, FilterForm
from bebeli.catalog.models import Category
from bebeli.catalog.search import Filters
from bebeli.kit.access import public
from bebeli.kit.page_cache import for_everybody
from bebeli.kit.paging import page
from bebeli.places.models import Region

CARDS = 24
NEIGHBOURS = 8


def listed(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    """Return the context of any list of products."""
    found = search.find(filters)
    rows = page(found.queryset, found.order, request.GET.get("cursor", ""), CARDS)
    query = request.GET.copy()
    query.pop("cursor", None)
    return {
        "page": rows,
        "query": query.urlencode(),
        "filters": filters,
        "is_guess": found.is_guess,
        "districts": Region.objects.districts_of_bekasi(),
        "orderings": ORDERINGS,
        "certificates": CERTIFICATES,
        "active": count_active(filters),
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
    """What the words found; nothing found shows neighbours."""
    filters = FilterForm(request.GET).filters()
    context = listed(request, filters)
    if not context["page"].rows:
        context["neighbours"] = front.popular(NEIGHBOURS)
    return render(request, "catalog/search.html", {**context, "search_words": filters.q})
