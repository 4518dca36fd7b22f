"""Nobody who buys waits for the bell: a dead broker costs nothing, one that never answers less than a second."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Generator

import pytest
from celery import current_app
from django.db import transaction

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


def rungs(many: int, crowd: str = "orders.sweep_callbacks") -> list[ring.Rung]:
    return [ring.Rung("orders.settle", (number,), f"r{number}", crowd) for number in range(many)]


def test_a_few_ring_each_for_itself() -> None:
    assert ring.gathered(rungs(ring.FEW)) == rungs(ring.FEW)


def test_many_ring_once_for_who_finds_them_all() -> None:
    other = ring.Rung("orders.refund", (7,), "r")
    assert ring.gathered([*rungs(40), other]) == [ring.Rung("orders.sweep_callbacks", (), "r0"), other]


def test_many_without_a_sweeper_ring_each_for_itself_and_none_twice() -> None:
    assert ring.gathered([*rungs(5, ""), *rungs(5, "")]) == rungs(5, "")


def test_a_ring_goes_out_after_the_commit_and_by_another_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[object, ...]] = []
    committed: list[Callable[[], None]] = []
    done = threading.Event()

    def send(task: str, args: tuple[int, ...], _headers: dict[str, str]) -> None:
        heard.append((task, args, threading.current_thread().name))
        done.set()

    monkeypatch.setattr(ring, "_send", send)
    monkeypatch.setattr(transaction, "on_commit", committed.append)
    ring.ring("orders.settle", 5)
    assert heard == []
    committed[0]()
    assert done.wait(5)
    assert heard == [("orders.settle", (5,), "bell")]
