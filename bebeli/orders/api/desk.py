"""A maker's orders."""

from __future__ import annotations

from collections.abc import Callable

from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.kit.api_doors import caller, read
from bebeli.kit.api_lists import paged
from bebeli.kit.api_schema import list_of, operation
from bebeli.kit.steps import retried
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.cancel_order import agree_cancel, decline_cancel
from bebeli.orders.actions.deliver import deliver
from bebeli.orders.actions.hand_over import hand_over
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.ship import ship
from bebeli.orders.actions.short import Missing, short
from bebeli.orders.api.asked import (
    HandOverSerializer,
    OrderQuery,
    ReasonSerializer,
    RejectSerializer,
    ShipSerializer,
    ShortSerializer,
)
from bebeli.orders.api.orders import loaded, narrowed
from bebeli.orders.api.schemas import SellersOrder
from bebeli.orders.api.shapes import sellers_order
from bebeli.orders.models import Order
from bebeli.sellers.api.door import SellerView

TAG = "seller: orders"
FAILS = (401, 404, 409)


def find(request: Request, code: str) -> Order:
    """Return one order of the caller's seller; another's is 404."""
    return get_object_or_404(loaded(Order.objects.of_seller(caller(request))), code=code)


def done(request: Request, code: str, verb: Callable[[int, int], object]) -> Response:
    """Call a verb with the order and the person, and answer the order as it is then."""
    found = find(request, code)
    retried(lambda: verb(found.pk, caller(request)))
    return Response(sellers_order(find(request, code)))


class SellerOrdersView(SellerView):
    """A maker's orders."""

    @operation("list_seller_orders", TAG, list_of(SellersOrder), query=OrderQuery, fails=(401, 404))
    def get(self, request: Request) -> Response:
        """List the orders of one's sellers from the moment they are paid, newest first."""
        asked = read(OrderQuery, request.query_params)
        rows = narrowed(Order.objects.of_seller(caller(request)), asked["search"], asked["status"])
        return paged(request, rows, ("-id",), asked, sellers_order)


class SellerOrderView(SellerView):
    """One of a maker's orders."""

    @operation("get_seller_order", TAG, SellersOrder, fails=(401, 404))
    def get(self, request: Request, code: str) -> Response:
        """Answer one order with where it goes."""
        return Response(sellers_order(find(request, code)))


class AcceptView(SellerView):
    """Taking an order on."""

    @operation("accept_order", TAG, SellersOrder, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Take a paid order on."""
        return done(request, code, accept)


class RejectView(SellerView):
    """Turning an order down."""

    @operation("reject_order", TAG, SellersOrder, body=RejectSerializer, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Cancel with a reason; stock and money go back."""
        reason = read(RejectSerializer, request.data)["reason"]
        return done(request, code, lambda order_id, user_id: reject(order_id, user_id, reason))


class ShortView(SellerView):
    """Being short of something."""

    @operation("short_order", TAG, SellersOrder, body=ShortSerializer, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Give back what cannot be delivered; the rest goes on. The same call twice gives back once."""
        said = read(ShortSerializer, request.data)
        line = find(request, code).lines.filter(sku=said["sku"]).first()
        missing = Missing(line.pk if line else 0, said["quantity"], said["left"], said["goods"], said["reason"])
        return done(request, code, lambda order_id, user_id: short(order_id, user_id, missing))


class ShipView(SellerView):
    """Sending an order."""

    @operation("ship_order", TAG, SellersOrder, body=ShipSerializer, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Hand the parcel to a courier, or set out with it."""
        said = read(ShipSerializer, request.data)
        return done(request, code, lambda order_id, user_id: ship(order_id, user_id, said["courier"], said["waybill"]))


class DeliverView(SellerView):
    """An own delivery arrived."""

    @operation("deliver_order", TAG, SellersOrder, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Say that an own delivery arrived."""
        return done(request, code, deliver)


class HandOverView(SellerView):
    """Fetched at the maker's."""

    @operation("hand_over_order", TAG, SellersOrder, body=HandOverSerializer, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Hand over against the buyer's code."""
        shown = read(HandOverSerializer, request.data)["code"]
        return done(request, code, lambda order_id, user_id: hand_over(order_id, user_id, shown))


class AgreeCancelView(SellerView):
    """Agreeing to the buyer's wish to cancel."""

    @operation("agree_cancel", TAG, SellersOrder, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Agree; stock and money go back."""
        return done(request, code, agree_cancel)


class DeclineCancelView(SellerView):
    """Going on although the buyer wished to cancel."""

    @operation("decline_cancel", TAG, SellersOrder, body=ReasonSerializer, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Go on with the order."""
        reason = read(ReasonSerializer, request.data)["reason"]
        return done(request, code, lambda order_id, user_id: decline_cancel(order_id, user_id, reason))
