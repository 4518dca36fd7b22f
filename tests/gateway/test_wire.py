"""A provider that sends a byte now and then, or without an end, holds nobody for long."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Generator

import httpx
import pytest

from bebeli.orders.gateway import wire
from bebeli.orders.gateway.iris import Iris
from bebeli.orders.gateway.midtrans import Midtrans
from bebeli.orders.gateway.types import GatewayDown

Speak = Callable[[socket.socket], None]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
FEW_SECONDS = 0.6


def drip(line: socket.socket, text: bytes) -> None:
    """A byte at a time, each well within the time of one read."""
    for byte in text:
        line.sendall(bytes([byte]))
        time.sleep(0.05)


@contextlib.contextmanager
def provider_that(speaks: Speak) -> Generator[str, None, None]:
    """A provider of one conversation."""
    door = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with contextlib.suppress(OSError):
            line, _address = door.accept()
            with line:
                line.recv(65536)
                speaks(line)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{door.getsockname()[1]}"
    door.close()
    thread.join(10)


@pytest.mark.parametrize("where", ["status line", "body"])
@pytest.mark.parametrize("adapter", ["midtrans", "iris"])
def test_what_drips_ends_with_the_exchange(monkeypatch: pytest.MonkeyPatch, where: str, adapter: str) -> None:
    monkeypatch.setattr(wire, "SECONDS", FEW_SECONDS)

    def speaks(line: socket.socket) -> None:
        if where == "body":
            line.sendall(HEAD)
        drip(line, HEAD if where == "status line" else b" " * 100)

    with provider_that(speaks) as url:
        midtrans, iris = Midtrans(url, "key", "merchant"), Iris(url, "key", "key")
        began = time.monotonic()
        with pytest.raises(GatewayDown):
            midtrans.status("BB-1") if adapter == "midtrans" else iris.details("1")
        assert time.monotonic() - began < FEW_SECONDS + 1
        midtrans.close()
        iris.close()


def test_an_answer_without_an_end_is_cut() -> None:
    def speaks(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _number in range(2 * wire.MOST_BYTES // 65536):
            line.sendall(b"10000\r\n" + b" " * 65536 + b"\r\n")

    with provider_that(speaks) as url:
        midtrans = Midtrans(url, "key", "merchant")
        with pytest.raises(GatewayDown, match="too long"):
            midtrans.status("BB-1")
        midtrans.close()


def test_what_comes_in_time_is_read_whole() -> None:
    answer = httpx.MockTransport(lambda _request: httpx.Response(200, json={"n": "x" * 100_000}))
    with httpx.Client(base_url="http://provider", transport=answer) as client:
        assert len(wire.exchange(client, "GET", "/").json()["n"]) == 100_000
