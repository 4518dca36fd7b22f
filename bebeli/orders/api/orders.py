"""A buyer's own orders."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.kit.api_doors import SignedInView, caller, read
from bebeli.kit.api_lists import paged
from bebeli.kit.api_schema import list_of, operation
from bebeli.kit.steps import retried
from bebeli.orders.actions.cancel_order import cancel_order
from bebeli.orders.actions.receive import receive
from bebeli.orders.api.asked import OrderQuery, ReasonSerializer
from bebeli.orders.api.schemas import BuyersOrder
from bebeli.orders.api.shapes import buyers_order
from bebeli.orders.models import Order
from bebeli.orders.models.order import OrderQuerySet

TAG = "orders"


def loaded(rows: QuerySet[Order]) -> QuerySet[Order]:
    """Load what an order shows."""
    return rows.select_related("seller__district", "purchase").prefetch_related("lines", "events")


def narrowed(rows: OrderQuerySet, search: str, wanted: str) -> QuerySet[Order]:
    """Return the orders in a state that match some words."""
    found = loaded(rows.matching(search))
    return found.filter(status=wanted) if wanted else found


def one_of_mine(request: Request, code: str) -> Order:
    """Return one order the caller bought; a stranger's is 404."""
    return get_object_or_404(loaded(Order.objects.of_buyer(caller(request))).prefetch_related("refunds"), code=code)


class OrdersView(SignedInView):
    """A buyer's orders."""

    @operation("list_orders", TAG, list_of(BuyersOrder), query=OrderQuery, fails=(401,))
    def get(self, request: Request) -> Response:
        """List one's own orders, newest first."""
        asked = read(OrderQuery, request.query_params)
        rows = narrowed(Order.objects.of_buyer(caller(request)), asked["search"], asked["status"]).prefetch_related("refunds")
        return paged(request, rows, ("-id",), asked, buyers_order)


class OrderView(SignedInView):
    """One order."""

    @operation("get_order", TAG, BuyersOrder, fails=(401, 404))
    def get(self, request: Request, code: str) -> Response:
        """Answer one's own order."""
        return Response(buyers_order(one_of_mine(request, code)))


class CancelOrderView(SignedInView):
    """Calling an order off."""

    @operation("cancel_order", TAG, BuyersOrder, body=ReasonSerializer, fails=(401, 404, 409), also={202: BuyersOrder})
    def post(self, request: Request, code: str) -> Response:
        """Cancel at once while paid (200); once accepted the maker is asked (202); shipped is too late (409)."""
        said = read(ReasonSerializer, request.data)
        found = one_of_mine(request, code)
        order = retried(lambda: cancel_order(found.pk, caller(request), said["reason"]))
        asked = order.status == Order.Status.PROCESSING
        answer = status.HTTP_202_ACCEPTED if asked else status.HTTP_200_OK
        return Response(buyers_order(one_of_mine(request, code)), status=answer)


class ReceiveOrderView(SignedInView):
    """The goods are here."""

    @operation("receive_order", TAG, BuyersOrder, fails=(401, 404, 409))
    def post(self, request: Request, code: str) -> Response:
        """Confirm a shipped or delivered order; its money becomes the maker's."""
        found = one_of_mine(request, code)
        retried(lambda: receive(found.pk, caller(request)))
        return Response(buyers_order(one_of_mine(request, code)))
