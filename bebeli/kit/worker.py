"""How the worker runs a task: under the request id that rang it, with one line at the end and a heartbeat of sweepers."""

from __future__ import annotations

import time
from typing import Any

import structlog
from celery import Task

from bebeli.kit import logs

log = structlog.get_logger("bebeli.task")

LONG_MS = 1000


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
        if self.request.get("request_id") or ms > LONG_MS:  # a sweep that found little to do is not worth a line
            log.info("done", ms=ms)
        return answer
