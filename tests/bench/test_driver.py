"""The driver against a server that answers in pieces."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Generator

import pytest

from bench.driver import drive, get

BODY = b"x" * 30_000


def _answer(number: int) -> tuple[bytes, ...]:
    status = b"500 No" if number % 3 == 0 else b"200 OK"
    if number % 2:
        return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n" % (status, len(BODY)) + BODY[:10], BODY[10:]
    return b"HTTP/1.1 %s\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % (status, len(BODY)), BODY + b"\r\n0\r\n\r\n"


@pytest.fixture
def port() -> Generator[int, None, None]:
    """A server for one connection: every third answer is a 500, each comes in two pieces, the second kind is chunked."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _address = listener.accept()
        with connection, contextlib.suppress(ConnectionError):
            number = 0
            while connection.recv(65_536):
                number += 1
                for piece in _answer(number):
                    connection.sendall(piece)

    thread = threading.Thread(target=serve)
    thread.start()
    yield listener.getsockname()[1]
    thread.join()
    listener.close()


def test_whole_answers_are_counted_by_status(port: int) -> None:
    tally = drive(port, [get("/", port)], 60, connections=1, most=9)

    assert (tally.good, tally.wrong) == (6, 3)
    assert tally.rate == 6 / tally.seconds
