"""The cart."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bebeli.kit.access import public
from bebeli.kit.errors import Refused
from bebeli.orders import cart_cookie
from bebeli.orders.actions.accept_price import accept_price
from bebeli.orders.actions.add_to_cart import add_to_cart
from bebeli.orders.actions.change_line import change_line
from bebeli.orders.actions.remove_line import remove_line
from bebeli.orders.cart_view import look
from bebeli.orders.models import CartLine
from bebeli.orders.views.answer import act

NO_NUMBER = -1


def number(text: str | None) -> int:
    """Return a whole number, or -1 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else NO_NUMBER  # noqa: PLR2004


@public
@require_GET
def cart(request: HttpRequest) -> HttpResponse:
    """Show the cart; what changed is said, never done."""
    mine = cart_cookie.find(request)
    return render(request, "orders/cart.html", {"cart": look(mine.pk if mine else None)})


@public
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Put a variant into the cart. No token: checked by origin, so that public pages stay cacheable."""
    mine, token = cart_cookie.find_or_open(request)
    try:
        line = add_to_cart(mine.pk, request.POST.get("sku", "")[:40].replace("\0", ""), number(request.POST.get("quantity", "1")))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        response = _say(request, 0)
    else:
        messages.success(request, _("Masuk keranjang: %(name)s") % {"name": line.variant.product.name})
        response = _say(request, look(mine.pk).count)
    cart_cookie.remember(response, token)
    return response


def _say(request: HttpRequest, count: int) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "orders/_added.html", {"count": count})
    return redirect("orders:cart")


@public
@require_POST
def change(request: HttpRequest, line_id: int) -> HttpResponse:
    """Set a line's quantity."""
    mine = _mine(request)
    return _try(request, lambda: change_line(mine, line_id, number(request.POST.get("quantity"))))


@public
@require_POST
def accept(request: HttpRequest, line_id: int) -> HttpResponse:
    """Agree to a changed price."""
    mine = _mine(request)
    return _try(request, lambda: accept_price(mine, line_id, number(request.POST.get("price_seen"))))


@public
@require_POST
def remove(request: HttpRequest, line_id: int) -> HttpResponse:
    """Take a line out, and offer to put it back."""
    removed = remove_line(_mine(request), line_id)
    if removed is not None:
        request.session["dihapus"] = list(removed)
    return redirect("orders:cart")


@public
@require_POST
def put_back(request: HttpRequest) -> HttpResponse:
    """Undo the last removal."""
    sku, quantity = request.session.pop("dihapus", ("", 1))
    mine = _mine(request)
    return act(request, lambda: add_to_cart(mine, sku, quantity), "", reverse("orders:cart"))


def _mine(request: HttpRequest) -> int:
    mine = cart_cookie.find(request)
    if mine is None:
        raise Http404
    return mine.pk


def _try(request: HttpRequest, call: object) -> HttpResponse:
    try:
        return act(request, call, "", reverse("orders:cart"))  # type: ignore[arg-type]
    except CartLine.DoesNotExist as error:
        raise Http404 from error
