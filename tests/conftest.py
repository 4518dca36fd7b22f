"""What many tests lean on: the provider's stand-in inside the test, a clean cache."""

from __future__ import annotations

import os
import threading
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.utils import translation

from bebeli.kit import page_cache
from bebeli.orders.flows.provider import hang_up
from bebeli.orders.flows.settle import ask
from bebeli.orders.models import Purchase
from demo.ports import free_port
from simulator.bank import Bank
from simulator.post import Postman
from simulator.server import Server
from tests import world

# a busy machine is no fault of the code; where a robot looks on, the same examples each time
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], derandomize="CI" in os.environ
)
hypothesis.settings.load_profile("house")

KEY, MERCHANT = "SB-Mid-server-TESTKEY", "G141532850"


@dataclass
class Provider:
    """The provider's stand-in; it sends no messages unless a test asks it to."""

    bank: Bank
    url: str
    server: Server

    def settle(self, purchase: Purchase) -> str:
        """The customer pays, and we ask for the truth."""
        attempt = world.attempt_of(purchase)
        self.bank.pay(attempt.code)
        return ask(attempt)


@pytest.fixture
def provider(settings: Any) -> Generator[Provider, None, None]:
    """The real adapter talks to the real simulator over HTTP."""
    port = free_port()
    bank = Bank(":memory:", MERCHANT, f"http://127.0.0.1:{port}")
    server = Server(port, bank, Postman(bank, "", KEY, 1.0), KEY)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    settings.MIDTRANS_BASE_URL = f"http://127.0.0.1:{port}"
    settings.IRIS_BASE_URL = f"http://127.0.0.1:{port}/iris"
    yield Provider(bank, settings.MIDTRANS_BASE_URL, server)
    hang_up()  # the next test's port may be the same
    server.shutdown()
    server.server_close()
    bank.close()


@pytest.fixture(autouse=True)
def _nothing_kept() -> Generator[None, None, None]:
    """Forget what the last test cached, and the language its last page was in."""
    yield
    translation.deactivate()
    page_cache.forget()
    cache.clear()
