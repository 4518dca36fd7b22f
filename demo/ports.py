"""Ports on loopback: free ones below the kernel's own range, so that no outgoing connection can sit on them."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Callable

LOOPBACK = "127.0.0.1"
FIRST, LAST = 20_000, 32_000
STEP_SECONDS = 0.02


def is_free(port: int) -> bool:
    """Tell whether nobody listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port(*, avoid: frozenset[int] = frozenset()) -> int:
    """Return a port nobody listens on."""
    chance = random.SystemRandom()
    while True:
        port = chance.randint(FIRST, LAST)
        if port not in avoid and is_free(port):
            return port


def is_open(port: int) -> bool:
    """Tell whether somebody accepts connections on the port."""
    try:
        socket.create_connection((LOOPBACK, port), 1).close()
    except OSError:
        return False
    return True


def wait_open(port: int, seconds: float, ended: Callable[[], int | None]) -> bool:
    """Wait until the port accepts; false when time is up or the program behind it has ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_open(port):
            return True
        if ended() is not None:
            return False
        time.sleep(STEP_SECONDS)
    return False
