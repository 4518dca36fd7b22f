"""Many at once: threads over HTTP, each answer kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import httpx
from django.db import connections

from bebeli.catalog.models import Variant
from tests import world

T = TypeVar("T")
R = TypeVar("R")
CSRF = "a" * 32


def all_at_once(act: Callable[[T], R], each: Sequence[T], width: int) -> list[R]:
    """Run `act` for each with so many threads, the first ones starting together."""
    gate = threading.Barrier(min(width, len(each)))
    waited: set[int] = set()

    def run(one: T) -> R:
        if threading.get_ident() not in waited:
            waited.add(threading.get_ident())
            gate.wait(timeout=30)
        try:
            return act(one)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=width) as pool:
        return list(pool.map(run, each))


def guest(base: str, token: str) -> httpx.Client:
    """A guest's browser with a cart."""
    cookies = {"keranjang": token, "csrf": CSRF}
    return httpx.Client(base_url=base, cookies=cookies, timeout=60, follow_redirects=False)


def order(client: httpx.Client, seller_slug: str, key: str, **fields: str) -> httpx.Response:
    """Press "Buat pesanan"."""
    form = {
        "csrfmiddlewaretoken": CSRF,
        "kunci": key,
        "alamat": "baru",
        "email": "tamu@example.com",
        "recipient": "Tamu Uji",
        "phone": "081234567890",
        "province": "32",
        "regency": "32.16",
        "district": "32.16.09",
        "village": world.VILLAGE,
        "street": "Jl. Contoh 1, RT 001/RW 001",
        "postal_code": "17530",
        "bayar": "bca_va",
        f"kirim-{seller_slug}": "local",
        **fields,
    }
    return client.post("/checkout/", data=form)


def carts(goods: Variant, many: int) -> list[str]:
    """Visitors, each with one piece in the cart; returns their tokens."""
    return [world.visitor_cart(goods)[1] for _number in range(many)]
