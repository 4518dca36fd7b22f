"""One cart, many sellers."""

from __future__ import annotations

from django.http import Http404
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.kit.api_doors import SignedInView, caller, read
from bebeli.kit.api_schema import operation
from bebeli.kit.steps import retried
from bebeli.orders.actions.accept_price import accept_price
from bebeli.orders.actions.add_to_cart import add_to_cart
from bebeli.orders.actions.change_line import change_line
from bebeli.orders.actions.open_cart import open_cart_of_user
from bebeli.orders.actions.remove_line import remove_line
from bebeli.orders.api.asked import LineSerializer, NewLineSerializer
from bebeli.orders.api.schemas import CartLineShape, CartShape
from bebeli.orders.api.shapes import cart_line, cart_shape
from bebeli.orders.cart_view import look, view_of
from bebeli.orders.models import Cart, CartLine

TAG = "cart"


def cart_id_of(request: Request) -> int | None:
    """Return the caller's cart, if there is one yet."""
    return Cart.objects.filter(user_id=caller(request)).values_list("pk", flat=True).first()


def shown_line(line_id: int) -> Response:
    """Answer one line as it is now."""
    rows = CartLine.objects.select_related("variant__product__seller__district").filter(pk=line_id)
    lines = view_of(list(rows)).lines
    if not lines:  # taken out in the meantime
        raise Http404
    return Response(cart_line(lines[0]))


class CartView(SignedInView):
    """The cart."""

    @operation("get_cart", TAG, CartShape, fails=(401,))
    def get(self, request: Request) -> Response:
        """Answer the whole cart with what is wrong with each line."""
        return Response(cart_shape(look(cart_id_of(request))))


class CartLinesView(SignedInView):
    """Lines of the cart."""

    @operation("add_cart_line", TAG, CartLineShape, status=201, body=NewLineSerializer, fails=(401, 409))
    def post(self, request: Request) -> Response:
        """Add to what the cart already holds of a variant."""
        said = read(NewLineSerializer, request.data)
        cart = open_cart_of_user(caller(request))
        line = retried(lambda: add_to_cart(cart.pk, said["sku"], said["quantity"]))
        answer = shown_line(line.pk)
        answer.status_code = status.HTTP_201_CREATED
        return answer


class CartLineView(SignedInView):
    """One line of the cart."""

    @operation("change_cart_line", TAG, CartLineShape, body=LineSerializer, fails=(401, 404, 409))
    def patch(self, request: Request, line_id: int) -> Response:
        """Set a quantity, or agree to a changed price."""
        said = read(LineSerializer, request.data)
        cart_id = cart_id_of(request)
        if cart_id is None:
            raise Http404
        if "quantity" in said:
            retried(lambda: change_line(cart_id, line_id, said["quantity"]))
        else:
            retried(lambda: accept_price(cart_id, line_id, said["price_seen"]))
        return shown_line(line_id)

    @operation("remove_cart_line", TAG, None, status=204, fails=(401, 404, 409))
    def delete(self, request: Request, line_id: int) -> Response:
        """Take a line out."""
        cart_id = cart_id_of(request)
        if cart_id is None or retried(lambda: remove_line(cart_id, line_id)) is None:
            raise Http404
        return Response(status=status.HTTP_204_NO_CONTENT)
