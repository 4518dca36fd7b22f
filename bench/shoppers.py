"""People at the web's door: guests who find, buy and go to pay; buyers who log in."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import httpx

from demo.accounts import PASSWORD

CLIENTS = 4
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HIDDEN = re.compile(r'name="(kunci|total)" value="([^"]*)"')
SHIPPING = re.compile(r'name="(kirim-[^"]+)" value="([^"]+)"[^>]* checked')
SKU = re.compile(r'name="sku" value="([^"]+)"[^>]* checked>')
PRODUCT = re.compile(r'href="(/produk/[^"]+-m[0-9]+/)"')
ADDRESS = {
    "alamat": "baru",
    "email": "tamu@example.com",
    "recipient": "Tamu Beban",
    "phone": "081200000001",
    "province": "32",
    "regency": "32.16",
    "district": "32.16.09",
    "village": "32.16.09.2004",
    "street": "Jl. Contoh Beban No. 1",
    "postal_code": "17530",
    "bayar": "bca_va",
}


class Surprise(RuntimeError):  # noqa: N818  read as a sentence
    """The shop did not answer what a shopper expects."""


def a_network(dice: random.Random) -> str:
    """Return the address of some network."""
    return f"10.{dice.randrange(256)}.{dice.randrange(256)}.{dice.randrange(1, 255)}"


def buy_once(client: httpx.Client, words: str) -> None:
    """Find, put into the cart, check out as a guest, and arrive at the page that says how to pay."""
    products = PRODUCT.findall(_page(client.get("/cari/", params={"q": words, "tersedia": "1"})))
    if not products:
        message = f"nothing found for {words!r}"
        raise Surprise(message)
    shown = _page(client.get(random.choice(products)))  # noqa: S311  a visitor's whim
    sku = _first(SKU, shown)
    origin = {"Origin": str(client.base_url).rstrip("/")}
    _page(client.post("/keranjang/tambah/", data={"sku": sku, "quantity": "1"}, headers=origin))
    form = _page(client.get("/checkout/"))
    said = {**ADDRESS, "csrfmiddlewaretoken": _first(TOKEN, form), **dict(HIDDEN.findall(form))}
    counted = _page(client.post("/checkout/", data={**said, "hitung": "alamat"}))
    chosen = dict(SHIPPING.findall(counted))
    said = {**said, **dict(HIDDEN.findall(counted)), **chosen, "csrfmiddlewaretoken": _first(TOKEN, counted)}
    done = client.post("/checkout/", data={**said, "pesan": "1"})
    if "/pembelian/BB-" not in done.url.path:
        message = f"checkout ended at {done.url.path} with {done.status_code}"
        raise Surprise(message)
    _page(done)


def buy(base_url: str, seconds: float, seed: int, words: Sequence[str]) -> tuple[int, float]:
    """Buy as one guest after another for some seconds; return how many and how long it took."""
    dice = random.Random(seed)  # noqa: S311  whims, not secrets
    begin, count = time.perf_counter(), 0
    while time.perf_counter() - begin < seconds:
        headers = {"X-Forwarded-For": a_network(dice)}
        with httpx.Client(base_url=base_url, headers=headers, follow_redirects=True, timeout=30) as client:
            buy_once(client, dice.choice(words))
        count += 1
    return count, time.perf_counter() - begin


def checkouts(base_url: str, seconds: float, words: Sequence[str]) -> float:
    """Return whole guest checkouts a second of four clients."""
    with ProcessPoolExecutor(CLIENTS, get_context("spawn")) as pool:
        futures = [pool.submit(buy, base_url, seconds, seed, words) for seed in range(CLIENTS)]
        return sum(count / spent for count, spent in (future.result() for future in futures))


def log_in(base_url: str, email: str, network: str) -> None:
    """Log in with the demo's password and open the list of orders."""
    headers = {"X-Forwarded-For": network}
    with httpx.Client(base_url=base_url, headers=headers, follow_redirects=True, timeout=30) as client:
        token = _first(TOKEN, _page(client.get("/masuk/")))
        _page(client.post("/masuk/", data={"csrfmiddlewaretoken": token, "login": email, "password": PASSWORD}))
        if client.get("/pesanan/", follow_redirects=False).status_code != 200:  # noqa: PLR2004  OK
            message = f"{email} is not logged in"
            raise Surprise(message)


def _page(answer: httpx.Response) -> str:
    if answer.status_code != 200:  # noqa: PLR2004  OK
        message = f"{answer.request.method} {answer.request.url.path} → {answer.status_code}"
        raise Surprise(message)
    return answer.text


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    if found is None:
        message = f"the page has no {pattern.pattern!r}"
        raise Surprise(message)
    return found[1]
