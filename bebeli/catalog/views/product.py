"""One product."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from bebeli.catalog import search, structured
from bebeli.catalog.models import PriceChange, Product, Variant
from bebeli.kit.access import public
from bebeli.kit.page_cache import for_everybody

MORE_CARDS = 5
SHOWN_CHANGES = 12


@public
@for_everybody
@require_GET
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """Pictures, variants, price and its history, the maker."""
    rows = Product.objects.on_sale().select_related("seller__district", "category__parent", "standing")
    shown = get_object_or_404(
        rows.prefetch_related(
            "pictures", "certificates", Prefetch("variants", Variant.objects.filter(is_active=True), "active_variants")
        ),
        slug=slug,
    )
    variants = list(shown.active_variants)  # type: ignore[attr-defined]  # set by the prefetch
    chosen = next((v for v in variants if v.sku == request.GET.get("varian")), None)
    chosen = chosen or next((v for v in variants if v.available > 0), variants[0] if variants else None)
    more = search.loaded(Product.objects.on_sale().filter(seller=shown.seller_id).exclude(pk=shown.pk))
    context = {
        "product": shown,
        "data": structured.product(shown, variants),
        "share": structured.picture_url(shown.cover),
        "variants": variants,
        "chosen": chosen,
        "changes": PriceChange.objects.filter(variant=chosen).order_by("-at")[:SHOWN_CHANGES] if chosen else [],
        "more": more.order_by("-popularity", "-id")[:MORE_CARDS],
    }
    return render(request, "catalog/product.html", context)
