"""A visitor's cart pours into the account's when its owner logs in."""

from __future__ import annotations

from django.http import HttpRequest

from bebeli.accounts import login_steps
from bebeli.accounts.models import User
from bebeli.orders import cart_cookie
from bebeli.orders.actions.merge_carts import merge_carts


def pour(request: HttpRequest, user: User) -> None:
    """Merge once: the visitor's cart ends, so a second login moves nothing."""
    if token := cart_cookie.token_of(request):
        merge_carts(user.pk, token)


def register() -> None:
    """Ask the login to call us."""
    login_steps.register(pour)
