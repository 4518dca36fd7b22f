"""What a visitor had becomes the account's when its owner logs in: the cart, and what was bought as a guest."""

from __future__ import annotations

from django.http import HttpRequest

from bebeli.accounts import login_steps
from bebeli.accounts.models import User
from bebeli.orders import cart_cookie
from bebeli.orders.actions.adopt_purchases import adopt_purchases
from bebeli.orders.actions.merge_carts import merge_carts
from bebeli.orders.views import finding


def pour(request: HttpRequest, user: User) -> None:
    """Merge once: the visitor's cart ends, so a second login moves nothing."""
    if token := cart_cookie.token_of(request):
        merge_carts(user.pk, token)


def adopt(request: HttpRequest, user: User) -> None:
    """Take home what was bought as a guest under the same address."""
    adopt_purchases(user.pk, finding.granted(request))


def register() -> None:
    """Ask the login to call us."""
    login_steps.register(pour)
    login_steps.register(adopt)
