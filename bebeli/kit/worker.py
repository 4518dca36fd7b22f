"""How the worker runs a task: under the request id that rang it, with one line at the end and a heartbeat of sweepers."""

from __future__ import annotations

import time
from typing import Any

import structlog
from celery import Task
from django.apps import apps  # tasks are made before models are loaded
from django.conf import settings
from django.db import DatabaseError

from bebeli.kit import logs

log = structlog.get_logger("bebeli.task")

LONG_MS = 1000
SCHEDULED = frozenset(str(turn["task"]) for turn in settings.CELERY_BEAT_SCHEDULE.values())


def heartbeat(task: str, ms: float) -> None:
    """Write that a task of the schedule ended well; the writing may fail, the task did not."""
    try:
        apps.get_model("kit", "Heartbeat").objects.all().beat(task, int(ms))
    except DatabaseError:
        log.warning("heartbeat_not_written", exc_info=True)


class LoggedTask(Task):  # type: ignore[type-arg]  # not subscriptable at run time
    """The base of every task. A failing one is written by Celery with its traceback, still under the same id."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the task."""
        begin = time.perf_counter()
        logs.bind_request(str(self.request.get("request_id") or self.request.id or ""))
        structlog.contextvars.bind_contextvars(task=self.name)
        answer = super().__call__(*args, **kwargs)
        ms = round((time.perf_counter() - begin) * 1000, 1)
        if self.name in SCHEDULED:
            heartbeat(self.name, ms)
        if self.request.get("request_id") or ms > LONG_MS:  # a sweep that found little to do is not worth a line
            log.info("done", ms=ms)
        return answer
