"""The customers at the bank: they pay what was acknowledged, and the provider's messages go wrong on the way."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from contextlib import suppress
from typing import Any, Self

import httpx

from tests.chaos.crowd import Log
from tests.running import Running

MOODS: tuple[dict[str, Any], ...] = (
    {},
    {},
    {"duplicate": 3},
    {"delay_s": 4},
    {"reorder": True},
    {"duplicate": 2, "reorder": True, "delay_s": 1},
    {"drop": True},
    {"corrupt_signature": True},
)


class Customers:
    """Pays each acknowledged purchase once; who finds no number to pay with yet comes back later."""

    def __init__(self, shop: Running, log: Log, chance: random.Random) -> None:
        self.shop, self.log, self.chance = shop, log, chance
        self.paid: dict[str, float] = {}
        self.moods: Counter[str] = Counter()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._go)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def pay_all(self, seconds: float) -> None:
        """Wait until everything acknowledged is paid at the bank."""
        deadline = time.monotonic() + seconds
        while len(self.paid) < len(self.log.bought):
            assert time.monotonic() < deadline, f"{len(self.log.bought) - len(self.paid)} have no number to pay with"
            time.sleep(0.2)

    def _go(self) -> None:
        while not self._stop.is_set():
            for bought in list(self.log.bought):
                if bought.code not in self.paid:
                    with suppress(httpx.HTTPError):
                        self._pay(bought.code)
            self._stop.wait(0.1)

    def _pay(self, code: str) -> None:
        mood = self.chance.choice(MOODS)
        attempt = f"{code}-p1"
        told = f"{self.shop.simulator}/ctl/transactions/{attempt}"
        httpx.post(f"{told}/faults/", json={name: mood.get(name) for name in {*mood, "drop"}}, timeout=5).raise_for_status()
        answer = httpx.post(f"{told}/pay/", timeout=5)
        if answer.status_code == httpx.codes.OK:
            self.paid[code] = time.time()
            self.moods["+".join(mood) or "none"] += 1
