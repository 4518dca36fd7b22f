"""Business time. Everything that decides by time asks here, so that tests and the demo's story can move it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.utils import timezone

DAY = timedelta(days=1)
FIRST, LAST = date(2000, 1, 1), date(2999, 12, 31)  # what people may name; arithmetic never leaves the calendar from there

_offset: ContextVar[timedelta] = ContextVar("bebeli_clock_offset", default=timedelta(0))


def now() -> datetime:
    """Return the present business time, aware, in UTC."""
    return timezone.now() + _offset.get()


def today() -> date:
    """Return today's date in WIB."""
    return timezone.localdate(now())


def day_named(text: str) -> date:
    """Return the day that somebody wrote, `2026-11-25`. Raises ValueError for none, and for one that no shop knows."""
    day = date.fromisoformat(text)
    if not FIRST <= day <= LAST:
        raise ValueError(text)
    return day


def minutes_ahead(minutes: int) -> datetime:
    """Return the business time that many minutes from now."""
    return now() + timedelta(minutes=minutes)


@contextmanager
def moved(by: timedelta) -> Iterator[None]:
    """Move business time for the block, relative to the real clock."""
    token = _offset.set(by)
    try:
        yield
    finally:
        _offset.reset(token)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let business time run from `moment` for the block."""
    with moved(moment - timezone.now()):
        yield
