"""Which cart belongs to a browser: the account's, or a visitor's by an unguessable cookie."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse

from bebeli.kit import codes
from bebeli.orders.actions.open_cart import open_cart_of_user, open_cart_of_visitor
from bebeli.orders.models import Cart, CartLine

AGE = 60 * 60 * 24 * 60
TOKEN_LENGTH = 32


def token_of(request: HttpRequest) -> str:
    """Return the visitor's token, '' for none or garbage."""
    token = request.COOKIES.get(settings.CART_COOKIE_NAME, "")
    return token if len(token) == TOKEN_LENGTH and token.isalnum() else ""


def find(request: HttpRequest) -> Cart | None:
    """Return the browser's cart, without making one."""
    if request.user.is_authenticated:
        return Cart.objects.filter(user_id=request.user.pk).first()
    token = token_of(request)
    return Cart.objects.filter(visitor=codes.digest(token)).first() if token else None


def find_or_open(request: HttpRequest) -> tuple[Cart, str]:
    """Return the browser's cart, made now if there was none, and a token to set ('' for none)."""
    if request.user.is_authenticated:
        return open_cart_of_user(request.user.pk or 0), ""
    token = token_of(request)
    fresh = token or codes.random_token()
    return open_cart_of_visitor(fresh), "" if token else fresh


def remember(response: HttpResponse, token: str) -> None:
    """Give the browser its cart's token."""
    if token:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(settings.CART_COOKIE_NAME, token, max_age=AGE, httponly=True, samesite="Lax", secure=secure)


def count_of(request: HttpRequest) -> int:
    """Count the pieces in the browser's cart in one query; none for a visitor without a cookie."""
    if getattr(request, "user", None) is not None and request.user.is_authenticated:
        lines = CartLine.objects.filter(cart__user_id=request.user.pk)
    elif token := token_of(request):
        lines = CartLine.objects.filter(cart__visitor=codes.digest(token))
    else:
        return 0
    return lines.aggregate(total=Sum("quantity"))["total"] or 0
