"""A small load driver: some keep-alive connections in one process, prepared bytes out, whole answers in."""

from __future__ import annotations

import itertools
import math
import re
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context

PROCESSES, CONNECTIONS = 2, 4  # together as many as the server has blocking threads
LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
CHUNK = 1 << 18
PATIENCE = 20.0


@dataclass(frozen=True)
class Tally:
    """What one side answered: good and other answers, seconds, and the share of one core the driver took."""

    good: int
    wrong: int
    seconds: float
    busy: float

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return self.good / self.seconds


@dataclass
class _Line:
    """One connection and what came of the answer so far."""

    socket: socket.socket
    got: bytearray = field(default_factory=bytearray)
    whole: int = 0

    def ask(self, request: bytes) -> None:
        self.got.clear()
        self.whole = 0
        self.socket.sendall(request)

    def hear(self) -> bool:
        """Read once; true when the answer is whole."""
        piece = self.socket.recv(CHUNK)
        if not piece:
            message = f"the server hung up after {bytes(self.got[:200])!r}"
            raise ConnectionError(message)
        self.got += piece
        if not self.whole and (end := self.got.find(b"\r\n\r\n")) >= 0:
            length = LENGTH.search(self.got, 0, end + 2)
            if length is None:
                return self.got.endswith(b"0\r\n\r\n")
            self.whole = end + 4 + int(length[1])
        return bool(self.whole) and len(self.got) >= self.whole

    @property
    def status(self) -> bytes:
        """The three figures of the status."""
        return bytes(self.got[9:12])


def get(path: str, port: int, headers: str = "") -> bytes:
    """Return the bytes of a GET."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n".encode()


def drive(port: int, requests: Sequence[bytes], seconds: float, connections: int = CONNECTIONS, most: float = math.inf) -> Tally:
    """Send requests in turn over some connections for some seconds, or until so many answers came."""
    queue = itertools.cycle(requests)
    good = wrong = 0
    with selectors.DefaultSelector() as selector, ExitStack() as stack:
        lines = [_Line(stack.enter_context(_connected(port))) for _ in range(connections)]
        begin, cpu = time.perf_counter(), time.process_time()
        for line in lines:
            selector.register(line.socket, selectors.EVENT_READ, line)
            line.ask(next(queue))
        end = begin + seconds
        while good + wrong < most and (now := time.perf_counter()) < end:
            for line in _ready(selector, end - now):
                if line.hear():
                    good, wrong = (good + 1, wrong) if line.status == b"200" else (good, wrong + 1)
                    line.ask(next(queue))
        spent = time.perf_counter() - begin
        busy = (time.process_time() - cpu) / spent
    return Tally(good, wrong, spent, busy)


def _connected(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), PATIENCE)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _ready(selector: selectors.BaseSelector, seconds: float) -> Iterator[_Line]:
    for key, _events in selector.select(seconds):
        yield key.data


class Drivers:
    """The driver's processes, kept warm: the same for the measured side and the bare one."""

    def __init__(self) -> None:
        self._pool = ProcessPoolExecutor(PROCESSES, get_context("spawn"))

    def run(self, port: int, shares: Sequence[Sequence[bytes]], seconds: float) -> Tally:
        """Drive from all processes at once, each with its own share of requests."""
        futures = [self._pool.submit(drive, port, requests, seconds) for requests in shares]
        tallies = [future.result() for future in futures]
        return Tally(
            sum(tally.good for tally in tallies),
            sum(tally.wrong for tally in tallies),
            max(tally.seconds for tally in tallies),
            max(tally.busy for tally in tallies),
        )

    def stop(self) -> None:
        """End the processes."""
        self._pool.shutdown()
