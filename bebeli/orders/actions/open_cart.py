"""Give an account or a visitor a cart."""

from __future__ import annotations

from bebeli.kit import codes
from bebeli.kit.steps import verb
from bebeli.orders.models import Cart


@verb
def open_cart_of_user(user_id: int) -> Cart:
    """Return the account's cart, made now if it had none."""
    return Cart.objects.get_or_create(user_id=user_id)[0]


@verb
def open_cart_of_visitor(token: str) -> Cart:
    """Return the cart of the visitor who holds the token, made now if there was none."""
    return Cart.objects.get_or_create(visitor=codes.digest(token))[0]
