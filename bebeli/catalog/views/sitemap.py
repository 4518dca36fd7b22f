"""The sitemap: an index, the standing pages, and products in files by ranges of ids, so that none needs an OFFSET."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bebeli.catalog.models import Category, Product
from bebeli.kit.access import public
from bebeli.kit.page_cache import for_everybody
from bebeli.sellers.models import Seller

A_FILE = 20_000  # ids; each product is named in two languages, a file may name 50,000 addresses

Entry = tuple[str, date | None]


def _address(name: str, *args: str) -> str:
    return reverse(name, args=args).removeprefix("/en")


def _xml(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, {**context, "base": settings.BASE_URL}, content_type="application/xml")


@public
@for_everybody
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Name every file."""
    return _xml(request, "catalog/sitemap_index.xml", {"files": range(_files())})


def _files() -> int:
    """Return how many files the products fill; one of them may hold none that is on sale."""
    last = Product.objects.aggregate(last=Max("pk"))["last"] or 0
    return int(last) // A_FILE + 1


@public
@for_everybody
@require_GET
def pages(request: HttpRequest) -> HttpResponse:
    """Name the standing pages, the categories and the stalls."""
    entries: list[Entry] = [
        (_address(name), None) for name in ("home", "catalog:categories", "catalog:stalls", "help", "privacy")
    ]
    entries += [(_address("catalog:category", slug), None) for slug in Category.objects.values_list("slug", flat=True)]
    entries += [(_address("catalog:stall", slug), None) for slug in Seller.objects.open().values_list("slug", flat=True)]
    return _urls(request, entries)


@public
@for_everybody
@require_GET
def products(request: HttpRequest, number: int) -> HttpResponse:
    """Name the products on sale of one range of ids."""
    rows = Product.objects.on_sale().filter(pk__gte=number * A_FILE, pk__lt=(number + 1) * A_FILE).order_by("pk")
    entries = [(_address("catalog:product", slug), at.date()) for slug, at in rows.values_list("slug", "changed_at")]
    if not entries and number >= _files():
        raise Http404
    return _urls(request, entries)


def _urls(request: HttpRequest, entries: Iterable[Entry]) -> HttpResponse:
    return _xml(request, "catalog/sitemap.xml", {"entries": entries})
