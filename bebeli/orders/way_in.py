"""The address a notice leads to: a guest's carries the key to the purchase, a person's does not."""

from __future__ import annotations

import structlog
from cryptography.fernet import InvalidToken
from django.urls import reverse

from bebeli.kit.sealed import unseal
from bebeli.orders.models import Order, Purchase

log = structlog.get_logger(__name__)


def to_purchase(purchase: Purchase) -> str:
    """Return the way to a whole purchase."""
    return _by_link(purchase) or reverse("orders:purchase", args=[purchase.code])


def to_order(order: Order) -> str:
    """Return the buyer's way to one order; its purchase is loaded."""
    link = _by_link(order.purchase)
    return f"{link}?pesanan={order.code}" if link else reverse("orders:order", args=[order.code])


def to_complaint(order: Order) -> str:
    """Return the buyer's way to the complaint about an order; its purchase is loaded."""
    link = _by_link(order.purchase)
    return f"{link}?pesanan={order.code}&keluhan=1" if link else reverse("orders:complaint", args=[order.code])


def _by_link(purchase: Purchase) -> str:
    if purchase.buyer_id is not None or not purchase.guest_token:
        return ""
    try:
        return reverse("orders:guest", args=[purchase.code, unseal(purchase.guest_token)])
    except InvalidToken:  # sealed with a key that is gone: the mail goes out all the same
        log.warning("guest_link_lost", purchase=purchase.pk)
        return ""
