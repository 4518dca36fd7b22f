"""Visitors with a browser's manners: every page a shopper sees, one after the other, each answer timed."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any, Self

import httpx

from tests.chaos.crowd import ADDRESS, Goods
from tests.running import PASSWORD, Running

BROWSER_ROUND = (
    "/",
    "/kategori/",
    "/cari/?q=keripik",
    "/produk/{slug}/",
    "/toko/",
    "/masuk/",
    "/daftar/",
    "/keranjang/",
    "/checkout/",
)
API_ROUND = ("categories/", "products/?search=keripik", "sellers/", "regions/")


def token_of(client: httpx.Client) -> dict[str, str]:
    """Return the form's own field; logging in changes it."""
    return {"csrfmiddlewaretoken": client.cookies.get("csrf") or ""}


@dataclass
class Seen:
    """One answer."""

    what: str
    status: int
    seconds: float


@dataclass
class Visitors:
    """A few shoppers who go round and round until told to stop."""

    shop: Running
    slug: str
    goods: Goods
    accounts: tuple[str, ...]
    seen: list[Seen] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    patience: float = 15.0

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._go, args=(account,)) for account in self.accounts]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _go(self, account: str) -> None:
        while not self._stop.is_set():
            with httpx.Client(base_url=self.shop.web, timeout=self.patience) as client:
                self._one_round(client, account)

    def _one_round(self, client: httpx.Client, account: str) -> None:
        self._ask(client, "GET", "/masuk/")
        person = {"login": f"{account}@example.com", "password": PASSWORD}
        self._ask(client, "POST", "/masuk/", data={**token_of(client), **person})
        own = {"Origin": self.shop.web, "Sec-Fetch-Site": "same-origin"}
        self._ask(client, "POST", "/keranjang/tambah/", data={"sku": self.goods.sku, "jumlah": "1"}, headers=own)
        for path in BROWSER_ROUND:
            self._ask(client, "GET", path.format(slug=self.slug))
        self._ask(client, "POST", "/checkout/", data={**token_of(client), **self._form(account)})
        for path in API_ROUND:
            self._ask(client, "GET", f"/api/v1/{path}")
        self._buy_by_api(client, account)
        self._ask(client, "POST", "/pay/midtrans/notify", json={"order_id": "BB-TIDAKADA-p1", "signature_key": "x"})

    def _buy_by_api(self, client: httpx.Client, account: str) -> None:
        token = self._ask(client, "POST", "/api/v1/auth/login/", json={"email": f"{account}@example.com", "password": PASSWORD})
        if token is None or token.status_code != httpx.codes.OK:
            return
        headers = {"Authorization": f"Bearer {token.json()['token']}", "Idempotency-Key": f"{time.time_ns()}"}
        self._ask(client, "POST", "/api/v1/cart/lines/", json={"sku": self.goods.sku, "quantity": 1}, headers=headers)
        wish = {"address": ADDRESS, "shipping": {self.goods.seller: "pickup"}, "payment_method": "qris", "purse": "personal"}
        self._ask(client, "POST", "/api/v1/purchases/", json=wish, headers=headers)
        self._ask(client, "GET", "/api/v1/orders/", headers=headers)

    def _form(self, account: str) -> dict[str, str]:
        return {
            "kunci": f"{account}{time.time_ns()}",
            "alamat": "baru",
            "recipient": "Pembeli Uji",
            "phone": "081234567890",
            "province": "32",
            "regency": "32.16",
            "district": "32.16.09",
            "village": "32.16.09.2004",
            "street": "Jl. Contoh 1, RT 001/RW 001",
            "postal_code": "17530",
            "bayar": "bca_va",
            f"kirim-{self.goods.seller}": "pickup",
        }

    def _ask(self, client: httpx.Client, method: str, path: str, **more: Any) -> httpx.Response | None:
        begin = time.monotonic()
        what = f"{method} {path.partition('?')[0]}"
        try:
            answer = client.request(method, path, **more)
        except httpx.HTTPError as error:
            self.unanswered.append(f"{what}: {type(error).__name__}")
            return None
        self.seen.append(Seen(what, answer.status_code, time.monotonic() - begin))
        return answer
