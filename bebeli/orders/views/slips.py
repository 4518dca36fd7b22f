"""Packing slips: what goes into each parcel and onto it, on paper."""

from __future__ import annotations

import segno
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from bebeli.kit.access import role
from bebeli.orders.models import Order

AT_ONCE = 50


def _slip(order: Order) -> tuple[Order, str]:
    """Return an order with its code as a QR to scan at the counter."""
    return order, segno.make(order.code, error="m").svg_data_uri(scale=3, border=1)


def _rows(request: HttpRequest) -> QuerySet[Order]:
    mine = Order.objects.of_seller(request.user.pk).select_related("seller__village", "seller__district", "purchase")
    return mine.prefetch_related("lines")


@role("seller")
@require_GET
def slip(request: HttpRequest, code: str) -> HttpResponse:
    """The slip of one order."""
    found = get_object_or_404(_rows(request), code=code.upper())
    return render(request, "orders/slips.html", {"slips": [_slip(found)]})


@role("seller")
@require_GET
def slips(request: HttpRequest) -> HttpResponse:
    """The slips of all orders to be packed, the oldest first."""
    waiting = _rows(request).filter(status=Order.Status.PROCESSING).order_by("accepted_at", "pk")
    return render(request, "orders/slips.html", {"slips": [_slip(order) for order in waiting[:AT_ONCE]]})
