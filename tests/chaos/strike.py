"""Processes of the running demo: who they are, and their violent ends."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import redis

from tests.running import Running

BACK_SECONDS = 40.0


def leader(shop: Running, part: str) -> int:
    """Return the pid of a part's first process, as the supervisor noted it; 0 while it is down."""
    try:
        return int(json.loads((shop.home / "run" / f"{part}.json").read_text())["pid"])
    except (OSError, ValueError):
        return 0


def kill(shop: Running, part: str) -> int:
    """SIGKILL a part's leader; returns its pid."""
    pid = leader(shop, part)
    if pid:
        end(pid)
    return pid


def wait_back(shop: Running, part: str, gone: int) -> None:
    """Wait until the supervisor has started another one in the place of a killed one."""
    deadline = time.monotonic() + BACK_SECONDS
    while leader(shop, part) in {0, gone}:
        assert time.monotonic() < deadline, f"{part} was not started again"
        time.sleep(0.02)


def session(pid: int) -> set[int]:
    """Return the living processes of a leader's session, itself included."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int((entry / "stat").read_text().rpartition(")")[2].split()[3]) == pid:
                found.add(int(entry.name))
    return found


def end(pid: int) -> None:
    """SIGKILL one process."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def forget_all(shop: Running) -> int:
    """FLUSHALL, as soon as Valkey answers; returns 1."""
    deadline = time.monotonic() + BACK_SECONDS
    while time.monotonic() < deadline:
        with suppress(redis.RedisError), redis.Redis.from_url(shop.redis_url) as valkey:
            valkey.flushall()
            return 1
        time.sleep(0.1)
    message = "Valkey does not answer"
    raise AssertionError(message)


def wait_alive(url: str) -> None:
    """Wait until an address answers."""
    deadline = time.monotonic() + BACK_SECONDS
    while time.monotonic() < deadline:
        with suppress(httpx.HTTPError):
            httpx.get(url, timeout=3)
            return
        time.sleep(0.1)
    message = f"{url} does not answer"
    raise AssertionError(message)


def wait_ready(shop: Running, seconds: float = BACK_SECONDS) -> float:
    """Wait until the web and its database answer; returns how long it took."""
    begin = time.monotonic()
    while time.monotonic() < begin + seconds:
        with suppress(httpx.HTTPError):
            if httpx.get(f"{shop.web}/health/ready", timeout=3).status_code == httpx.codes.OK:
                return time.monotonic() - begin
        time.sleep(0.1)
    raise AssertionError((shop.home / "demo.log").read_text()[-2000:])


def stop(pids: set[int]) -> None:
    """SIGSTOP some processes: they keep whatever they hold."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)


def go_on(pids: set[int]) -> None:
    """SIGCONT some processes."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


@contextmanager
def frozen(shop: Running, part: str) -> Generator[None, None, None]:
    """Stop a part in the middle of whatever it does: it accepts, and never answers."""
    pid = leader(shop, part)
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def members(home: Path) -> dict[int, str]:
    """Return the living processes that were started for a home, with their command lines."""
    mark = f"BEBELI_HOME={home}".encode()
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            is_ours = mark in (entry / "environ").read_bytes().split(b"\0") or f"{home}/".encode() in _words(entry)
            if is_ours and " Z " not in (entry / "stat").read_text().rpartition(")")[2][:3]:
                found[int(entry.name)] = _words(entry).replace(b"\0", b" ").decode(errors="replace")[:120]
    return found


def _words(entry: Path) -> bytes:
    return (entry / "cmdline").read_bytes()
