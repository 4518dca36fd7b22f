"""One exchange with a provider, bounded as a whole: in time, whatever drips in meanwhile, and in size."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

from bebeli.orders.gateway.types import GatewayDown

SECONDS = 15.0  # each read alone has less; a provider that sends a byte now and then holds no worker longer than this
MOST_BYTES = 2_000_000
_now = threading.local()


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status_code: int
    content: bytes

    def json(self) -> Any:
        """Return the body as JSON; raises ValueError."""
        return json.loads(self.content)


def exchange(client: httpx.Client, method: str, path: str, **said: Any) -> Reply:
    """Ask, and read the whole answer; raises GatewayDown when it does not come in time, or is too long."""
    _now.until = until = time.monotonic() + SECONDS
    try:
        with client.stream(method, path, **said) as reply:
            return Reply(reply.status_code, _read(reply, until))
    except httpx.HTTPError as error:
        raise GatewayDown(type(error).__name__) from error
    finally:
        _now.until = None


def _read(reply: httpx.Response, until: float) -> bytes:
    body = bytearray()
    for chunk in reply.iter_bytes():
        body += chunk
        if len(body) > MOST_BYTES or time.monotonic() > until:
            message = "too long" if len(body) > MOST_BYTES else "too slow"
            raise GatewayDown(message)
    return bytes(body)


def bounded(client: httpx.Client) -> httpx.Client:
    """Let no read or write of a client outlast its exchange, also while a status line or headers drip in."""
    for transport in (client._transport, *client._mounts.values()):  # noqa: SLF001  httpx offers no place for a deadline
        pool = getattr(transport, "_pool", None)
        if pool is not None:
            pool._network_backend = _Backend(pool._network_backend)  # noqa: SLF001  as above
    return client


def _left(timeout: float | None) -> float | None:
    until = getattr(_now, "until", None)
    if until is None:
        return timeout
    left: float = until - time.monotonic()
    if left <= 0:
        message = "the exchange took too long"
        raise httpcore.ReadTimeout(message)
    return left if timeout is None else min(timeout, left)


class _Backend(httpcore.NetworkBackend):
    """Connects as another does, within what is left of the exchange."""

    def __init__(self, inner: httpcore.NetworkBackend) -> None:
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.connect_tcp(host, port, _left(timeout), local_address, socket_options))


class _Stream(httpcore.NetworkStream):
    """Reads and writes as another does, within what is left of the exchange."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
