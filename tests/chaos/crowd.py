"""Honest clients of the API: they press again with the same key until they are answered, and keep a log of the answers."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Self

import httpx

from tests.running import PASSWORD, Running

ADDRESS = {
    "recipient": "Pembeli Uji",
    "phone": "081234567890",
    "region": "32.16.09.2004",
    "street": "Jl. Contoh 1, RT 001/RW 001",
    "postal_code": "17530",
}
ANSWER_SECONDS = 60.0
PLENTY = 100_000
CREATED = 201


@dataclass(frozen=True)
class Acknowledged:
    """A purchase somebody was told of."""

    key: str
    code: str
    total: int
    at: float


@dataclass
class Log:
    """What all clients were answered."""

    bought: list[Acknowledged] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    unanswered: int = 0
    faults: list[str] = field(default_factory=list)

    def answered(self, answer: httpx.Response) -> None:
        """Count an answer; anything but 503 among the 5xx is a fault."""
        self.statuses[answer.status_code] += 1
        if answer.status_code >= 500 and answer.status_code != 503:
            self.faults.append(f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text[:300]}")


@dataclass(frozen=True)
class Goods:
    """Something to buy."""

    sku: str
    seller: str


class Buyer:
    """One account with one cart."""

    def __init__(self, shop: Running, account: str, log: Log, chance: random.Random) -> None:
        self.shop, self.log, self.chance = shop, log, chance
        said = {"email": f"{account}@example.com", "password": PASSWORD}
        answer = httpx.post(f"{shop.web}/api/v1/auth/login/", json=said, timeout=20)
        self.headers = {"Authorization": f"Bearer {answer.json()['token']}"}

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response | None:
        """Call the API; None when no answer came."""
        try:
            answer = httpx.request(
                method, f"{self.shop.web}/api/v1/{path}", json=body, headers={**self.headers, **headers}, timeout=20
            )
        except httpx.HTTPError:
            self.log.unanswered += 1
            return None
        self.log.answered(answer)
        return answer

    def own_goods(self) -> Goods:
        """A maker's own thing on the shelf, with plenty of it."""
        mine = self.call("GET", "seller/products/")
        assert mine is not None
        for product in mine.json()["results"]:
            found = httpx.get(f"{self.shop.web}/api/v1/products/{product['slug']}/", timeout=20)
            if found.status_code == httpx.codes.OK:
                sku = found.json()["variants"][0]["sku"]
                stocked = self.call("PATCH", f"seller/variants/{sku}/stock/", {"on_hand": PLENTY})
                assert stocked is not None
                assert stocked.status_code == httpx.codes.OK, stocked.text
                return Goods(sku, found.json()["seller"]["slug"])
        message = "this maker shows nothing"
        raise AssertionError(message)

    def buy(self, goods: Goods, method: str) -> Acknowledged | None:
        """Fill the cart and press until acknowledged; None when time ran out, which claims nothing."""
        key = uuid.UUID(int=self.chance.getrandbits(128)).hex
        wish = {"address": ADDRESS, "shipping": {goods.seller: "pickup"}, "payment_method": method, "purse": "personal"}
        deadline = time.monotonic() + ANSWER_SECONDS
        is_filled = False
        while time.monotonic() < deadline:
            if not is_filled:
                added = self.call("POST", "cart/lines/", {"sku": goods.sku, "quantity": 1})
                is_filled = added is not None and added.status_code == CREATED
            answer = self.call("POST", "purchases/", wish, **{"Idempotency-Key": key}) if is_filled else None
            if answer is not None and answer.status_code == CREATED:
                told = answer.json()
                done = Acknowledged(key, told["code"], told["total"], time.monotonic())
                self.log.bought.append(done)
                return done
            if answer is not None and answer.status_code == 409 and answer.json()["code"] == "cart_empty":
                is_filled = False
            time.sleep(0.2)
        return None


class Crowd:
    """Many buyers at once, each buying from the next one's stall, until told to stop."""

    METHODS = ("bca_va", "qris", "mandiri_bill", "permata_va")

    def __init__(self, shop: Running, chance: random.Random, size: int = 6) -> None:
        self.log = Log()
        names = [f"toko{number:02d}" for number in range(11, 11 + size)]
        self.buyers = [Buyer(shop, name, self.log, random.Random(chance.random())) for name in names]  # noqa: S311
        shelf = [buyer.own_goods() for buyer in self.buyers]
        self.pairs = list(zip(self.buyers, shelf[1:] + shelf[:1], strict=True))
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._go, args=pair) for pair in self.pairs]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _go(self, buyer: Buyer, goods: Goods) -> None:
        while not self._stop.is_set():
            buyer.buy(goods, buyer.chance.choice(self.METHODS))
            self._stop.wait(buyer.chance.uniform(0.2, 0.8))
