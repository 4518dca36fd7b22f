"""The one adapter this shop talks to, made from settings."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from bebeli.orders.gateway.midtrans import Midtrans


@cache
def _midtrans(base_url: str, server_key: str, merchant_id: str) -> Midtrans:
    return Midtrans(base_url, server_key, merchant_id)


def provider() -> Midtrans:
    """Return the adapter for the present settings; its connections are kept."""
    return _midtrans(settings.MIDTRANS_BASE_URL, settings.MIDTRANS_SERVER_KEY, settings.MIDTRANS_MERCHANT_ID)


def hang_up() -> None:
    """Close the kept connections and forget them."""
    provider().close()
    _midtrans.cache_clear()
