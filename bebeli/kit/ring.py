"""The doorbell: ring a task by name after commit. A lost ring is picked up by a sweeper, so a dead broker is ignored.

A thread of its own does the ringing, so that nobody who buys waits for it; and where many rings for one task have come
together it rings once for the sweeper that finds them all.
"""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from queue import Empty, SimpleQueue

import structlog
from celery import current_app
from django.db import transaction
from kombu import Connection
from kombu.exceptions import OperationalError as BrokerDown
from kombu.pools import producers
from redis.exceptions import RedisError

from bebeli.kit import logs

log = structlog.get_logger(__name__)

PATIENCE = 0.3
FEW = 3
MOST_AT_ONCE = 1000
GATHER_SECONDS = 0.1  # a lone ring goes at once; the next ones gather this long behind it
QUIET_SECONDS = 5.0  # after a failure the bell rests, so that a dead broker costs one wait, not one per request

_resting_until = 0.0


@cache
def _line() -> Connection:
    """Return the bell's own connection: a worker waits seconds for work, but nobody who buys waits for a silent broker."""
    hurry = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "max_retries": 0}  # else it tries for 6 s
    line: Connection = current_app.connection_for_write(transport_options=hurry)
    return line


@dataclass(frozen=True)
class Rung:
    """One ring that waits: the task, for whom, under which request, and who finds them all when there are many."""

    task: str
    args: tuple[int | str, ...]
    request_id: str
    crowd: str = ""


_waiting: SimpleQueue[Rung] = SimpleQueue()


def ring(task: str, *args: int | str, crowd: str = "") -> None:
    """Ring the named task once this transaction has committed; `crowd` names the sweeper to ring instead of many times."""
    transaction.on_commit(partial(_hand_over, Rung(task, args, logs.request_id(), crowd)))


def _hand_over(rung: Rung) -> None:
    _ringer(os.getpid())
    _waiting.put(rung)


@cache
def _ringer(_process: int) -> threading.Thread:
    """Start this process's ringer once."""
    thread = threading.Thread(target=_ring_on, name="bell", daemon=True)
    thread.start()
    return thread


def _ring_on() -> None:
    while True:
        rungs = [_waiting.get()]
        with suppress(Empty):
            while len(rungs) < MOST_AT_ONCE:
                rungs.append(_waiting.get_nowait())
        for rung in gathered(rungs):
            _send(rung.task, rung.args, {"request_id": rung.request_id})
        time.sleep(GATHER_SECONDS)


def gathered(rungs: Iterable[Rung]) -> list[Rung]:
    """Return what to ring: each by itself, but once for a crowd; the first of a crowd lends its request's id."""
    rungs = list(rungs)
    many = {task for task, count in Counter(rung.task for rung in rungs).items() if count > FEW}
    kept: dict[tuple[str, tuple[int | str, ...]], Rung] = {}
    for rung in rungs:
        one = Rung(rung.crowd, (), rung.request_id) if rung.task in many and rung.crowd else rung
        kept.setdefault((one.task, one.args), one)
    return list(kept.values())


def _send(task: str, args: tuple[int | str, ...], headers: dict[str, str]) -> None:
    global _resting_until  # noqa: PLW0603  one breaker per process
    if time.monotonic() < _resting_until:
        return
    try:
        with producers[_line()].acquire(block=True, timeout=PATIENCE) as producer:
            current_app.send_task(task, args=args, producer=producer, retry=False, ignore_result=True, headers=headers)
    except (BrokerDown, RedisError, OSError) as error:
        _resting_until = time.monotonic() + QUIET_SECONDS
        log.warning("bell_not_heard", task=task, error=type(error).__name__)
