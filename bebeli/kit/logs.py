"""One line per fact: JSON in production, readable in DEBUG; Django, Celery and granian speak through the same renderer."""

from __future__ import annotations

from typing import Any

import structlog

SHARED: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


class Formatter(structlog.stdlib.ProcessorFormatter):
    """Renders our own lines and those of libraries alike."""

    def __init__(self, *, human: bool = False) -> None:
        faces: list[Any] = (
            [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
            if human
            else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False, default=str)]
        )
        keep_clean = structlog.stdlib.ProcessorFormatter.remove_processors_meta
        super().__init__(
            foreign_pre_chain=[*SHARED, structlog.stdlib.ExtraAdder(allow=())],
            processors=[keep_clean, *faces],
        )


def configure(*, testing: bool) -> None:
    """Send structlog's lines through the standard library's handlers."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=not testing,
    )


def handlers(level: str, *, human: bool) -> dict[str, Any]:
    """Return Django's LOGGING: everything to stderr; of libraries only what went wrong."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "bebeli.kit.logs.Formatter", "human": human}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "bebeli": {"level": level},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},  # 4xx are in our own line already, without the path
            "django.server": {"handlers": [], "propagate": True},
            "_granian": {"level": level},
        },
    }


def security(event: str, **facts: str | int | None) -> None:
    """Write a security event; facts are ids, codes and names of routes, never a secret or what somebody typed."""
    structlog.get_logger("bebeli.security").info(event, **facts)


def bind_request(request_id: str) -> None:
    """Start a new context that all further lines of this request or task carry."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id)


def request_id() -> str:
    """Return the id of the request this code runs for; '' outside one."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))
