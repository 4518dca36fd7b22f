"""Finding a purchase or an order for whoever asks: permission is the query, a stranger gets 404."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from bebeli.kit import codes
from bebeli.orders.models import Order, Purchase

GRANTS = "pembelian_tamu"


def grant(request: HttpRequest, purchase: Purchase) -> None:
    """Let this browser open a guest's purchase."""
    known = [code for code in request.session.get(GRANTS, []) if code != purchase.code]
    request.session[GRANTS] = [*known[-19:], purchase.code]


def guest_purchase(code: str, token: str) -> Purchase:
    """Return the purchase a guest made, by number and token; the number alone opens nothing."""
    return get_object_or_404(Purchase, code=code.upper(), guest_digest=codes.digest(token))


def granted(request: HttpRequest) -> list[str]:
    """The codes of guests' purchases that this browser was let into by their links."""
    return list(request.session.get(GRANTS, []))


def purchases(request: HttpRequest) -> QuerySet[Purchase]:
    """The purchases this browser may open."""
    mine = Q(buyer=None, code__in=granted(request))
    if request.user.is_authenticated:
        mine |= Q(buyer_id=request.user.pk)
    return Purchase.objects.filter(mine)


def purchase(request: HttpRequest, code: str) -> Purchase:
    """Return one purchase with its payment."""
    return get_object_or_404(purchases(request).select_related("payment"), code=code.upper())


def order(request: HttpRequest, code: str) -> Order:
    """Return one order this browser may open."""
    rows = Order.objects.filter(purchase__in=purchases(request)).select_related("purchase__payment", "seller__district")
    return get_object_or_404(rows, code=code.upper())
