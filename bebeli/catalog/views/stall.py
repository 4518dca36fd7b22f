"""The makers and their public stalls."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from bebeli.catalog.forms import FilterForm
from bebeli.catalog.views.shelf import listed
from bebeli.kit.access import public
from bebeli.kit.page_cache import for_everybody
from bebeli.kit.paging import page
from bebeli.places.models import Region
from bebeli.sellers.models import Seller

STALLS = 24


@public
@for_everybody
@require_GET
def stall(request: HttpRequest, slug: str) -> HttpResponse:
    """One maker: story, kecamatan, papers, products."""
    rows = Seller.objects.open().select_related("district", "village").prefetch_related("papers")
    seller = get_object_or_404(rows, slug=slug)
    context = listed(request, FilterForm(request.GET).filters(seller=slug))
    return render(request, "catalog/stall.html", {**context, "seller": seller})


@public
@for_everybody
@require_GET
def stalls(request: HttpRequest) -> HttpResponse:
    """All makers, by kecamatan when asked."""
    district = request.GET.get("kecamatan", "")[:13].replace("\0", "")
    on_sale = Count("products", filter=Q(products__status="published"))
    rows = Seller.objects.open().select_related("district").annotate(products_on_sale=on_sale)
    if district:
        rows = rows.filter(district_id=district)
    found = page(rows, ("name", "id"), request.GET.get("cursor", ""), STALLS)
    context = {
        "page": found,
        "query": f"kecamatan={district}" if district else "",
        "district": district,
        "districts": Region.objects.districts_of_bekasi(),
    }
    return render(request, "catalog/stalls.html", context)
