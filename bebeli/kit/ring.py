"""The doorbell: ring a task by name after commit. A lost ring is picked up by a sweeper, so a dead broker is ignored."""

from __future__ import annotations

import time
from functools import partial

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError as BrokerDown
from redis.exceptions import RedisError

from bebeli.kit import logs

log = structlog.get_logger(__name__)

QUIET_SECONDS = 5.0  # after a failure the bell rests, so that a dead broker costs one wait, not one per request

_resting_until = 0.0


def ring(task: str, *args: int | str) -> None:
    """Ring the named task once this transaction has committed; the request's id goes along."""
    transaction.on_commit(partial(_send, task, args, {"request_id": logs.request_id()}))


def _send(task: str, args: tuple[int | str, ...], headers: dict[str, str]) -> None:
    global _resting_until  # noqa: PLW0603  one breaker per process
    if time.monotonic() < _resting_until:
        return
    try:
        current_app.send_task(task, args=args, retry=False, ignore_result=True, headers=headers)
    except (BrokerDown, RedisError, OSError) as error:
        _resting_until = time.monotonic() + QUIET_SECONDS
        log.warning("bell_not_heard", task=task, error=type(error).__name__)
