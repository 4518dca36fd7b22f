"""Delivers notifications, and again by the provider's retry table, compressed."""

from __future__ import annotations

import heapq
import http.client
import itertools
import json
import threading
import time
from urllib.parse import SplitResult, urlsplit

from simulator import bodies
from simulator.bank import Bank

RETRY_AFTER = (120, 600, 1800, 5400, 12600)
RETRIES = {500: 1, 503: 4, 400: 2, 404: 2, 301: 0, 302: 0, 303: 0}
TIMEOUT = 15
CARRIERS = 4


class Postman:
    """A few threads that deliver what is due."""

    def __init__(self, bank: Bank, url: str, server_key: str, speed: float) -> None:
        self.bank = bank
        self.url = urlsplit(url)
        self.server_key = server_key
        self.speed = max(speed, 0.001)
        self._queue: list[tuple[float, int, str, bytes, int]] = []
        self._numbers = itertools.count()
        self._wake = threading.Condition()
        self._ended = False
        self._threads = [threading.Thread(target=self._carry, daemon=True) for _number in range(CARRIERS)]

    def start(self) -> None:
        """Begin; what expires meanwhile is noticed each second."""
        for thread in [*self._threads, threading.Thread(target=self._watch, daemon=True)]:
            thread.start()

    def stop(self) -> None:
        """End without waiting for retries."""
        with self._wake:
            self._ended = True
            self._wake.notify_all()

    def notify(self, order_id: str) -> None:
        """Send the present state as the knobs say: dropped, later, many times, the newest first."""
        tx = self.bank.transactions.get(order_id)
        faults = self.bank.fault(order_id)
        if tx is None or not self.url.netloc or faults.get("drop"):
            return
        body = bodies.notification(tx, self.bank.merchant_id, self.server_key, faults)
        raw = json.dumps(body).encode()
        delay = float(faults.get("delay_s") or 0)
        times = 1 + int(faults.get("duplicate") or 0)
        if faults.get("reorder"):
            earlier = {**tx, "status": "pending", "settlement_time": ""}
            old = bodies.notification(earlier, self.bank.merchant_id, self.server_key, faults)
            self._put(delay + 0.5, order_id, json.dumps(old).encode(), 0)
        for _time in range(times):
            self._put(delay, order_id, raw, 0)

    def send(self, url: str, raw: bytes, headers: dict[str, str], delay: float) -> None:
        """Deliver something else once, after a while, on a thread of its own; a lost one is not brought again."""

        def carry() -> None:
            time.sleep(delay)
            self._deliver(raw, urlsplit(url), headers)

        threading.Thread(target=carry, daemon=True).start()

    def _put(self, delay: float, order_id: str, raw: bytes, tries: int) -> None:
        with self._wake:
            heapq.heappush(self._queue, (time.monotonic() + delay, next(self._numbers), order_id, raw, tries))
            self._wake.notify()

    def _next(self) -> tuple[str, bytes, int] | None:
        with self._wake:
            while not self._ended:
                wait = self._queue[0][0] - time.monotonic() if self._queue else 60.0
                if wait <= 0:
                    _due, _number, order_id, raw, tries = heapq.heappop(self._queue)
                    return order_id, raw, tries
                self._wake.wait(wait)
        return None

    def _carry(self) -> None:
        while (letter := self._next()) is not None:
            order_id, raw, tries = letter
            reply = self._deliver(raw)
            self.bank.note_sent(order_id, json.loads(raw).get("transaction_status", ""), str(reply or "tak terjawab"))
            allowed = 0 if 200 <= reply < 300 else RETRIES.get(reply, len(RETRY_AFTER))  # noqa: PLR2004  any 2xx
            if tries < allowed:
                self._put(RETRY_AFTER[tries] / self.speed, order_id, raw, tries + 1)

    def _deliver(self, raw: bytes, where: SplitResult | None = None, more: dict[str, str] | None = None) -> int:
        headers = {"Content-Type": "application/json", "User-Agent": "Veritrans", **(more or {})}
        url = where or self.url
        try:
            line = http.client.HTTPConnection(url.hostname or "", url.port, timeout=TIMEOUT)
            line.request("POST", url.path, raw, headers)
            reply = line.getresponse()
            reply.read()
            line.close()
        except (OSError, http.client.HTTPException):
            return 0
        return reply.status

    def _watch(self) -> None:
        while not self._ended:
            for order_id in self.bank.expire_due():
                self.notify(order_id)
            time.sleep(1)
