"""Nobody who buys waits for the bell: a dead broker costs nothing, one that never answers less than a second."""

from __future__ import annotations

import socket
import time
from collections.abc import Generator

import pytest
from celery import current_app

from bebeli.kit import ring


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Generator[socket.socket, None, None]:
    """A broker that accepts and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(16)
        monkeypatch.setattr(current_app.conf, "broker_write_url", f"redis://:x@127.0.0.1:{server.getsockname()[1]}/0")
        monkeypatch.setattr(ring, "_resting_until", 0.0)
        ring._line.cache_clear()  # noqa: SLF001  the bell's own line
        yield server
        ring._line.cache_clear()  # noqa: SLF001  as above


def seconds_to_ring() -> float:
    begin = time.monotonic()
    ring._send("orders.settle", (1,), {})  # noqa: SLF001  what happens after the commit
    return time.monotonic() - begin


def test_a_silent_broker_costs_one_short_wait_and_then_none(silent: socket.socket) -> None:
    assert ring.PATIENCE <= seconds_to_ring() < 2.0
    assert seconds_to_ring() < 0.1


def test_a_dead_broker_costs_no_wait(silent: socket.socket) -> None:
    silent.close()
    assert seconds_to_ring() < 0.5
