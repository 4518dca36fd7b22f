"""The adapters this shop talks to, made from settings: one takes money, one pays it out."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from bebeli.orders.gateway.iris import Iris
from bebeli.orders.gateway.midtrans import Midtrans


@cache
def _midtrans(base_url: str, server_key: str, merchant_id: str) -> Midtrans:
    return Midtrans(base_url, server_key, merchant_id)


def provider() -> Midtrans:
    """Return the adapter for the present settings; its connections are kept."""
    return _midtrans(settings.MIDTRANS_BASE_URL, settings.MIDTRANS_SERVER_KEY, settings.MIDTRANS_MERCHANT_ID)


@cache
def _iris(base_url: str, creator_key: str, approver_key: str) -> Iris:
    return Iris(base_url, creator_key, approver_key)


def payer() -> Iris:
    """Return the adapter of payouts for the present settings; its connections are kept."""
    return _iris(settings.IRIS_BASE_URL, settings.IRIS_CREATOR_KEY, settings.IRIS_APPROVER_KEY)


def hang_up() -> None:
    """Close the kept connections and forget them."""
    provider().close()
    payer().close()
    _midtrans.cache_clear()
    _iris.cache_clear()
