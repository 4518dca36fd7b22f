"""The doorbell: ring a task by name after commit. A lost ring is picked up by a sweeper, so a dead broker is ignored."""

from __future__ import annotations

import time
from functools import cache, partial

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
QUIET_SECONDS = 5.0  # after a failure the bell rests, so that a dead broker costs one wait, not one per request

_resting_until = 0.0


@cache
def _line() -> Connection:
    """Return the bell's own connection: a worker waits seconds for work, but nobody who buys waits for a silent broker."""
    hurry = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "max_retries": 0}  # else it tries for 6 s
    line: Connection = current_app.connection_for_write(transport_options=hurry)
    return line


def ring(task: str, *args: int | str) -> None:
    """Ring the named task once this transaction has committed; the request's id goes along."""
    transaction.on_commit(partial(_send, task, args, {"request_id": logs.request_id()}))


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
