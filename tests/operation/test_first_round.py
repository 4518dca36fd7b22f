"""The clock's first round: the books are checked as soon as beat starts, everything else waits its turn."""

from __future__ import annotations

from celery.beat import Scheduler

from bebeli.celery import app


def test_only_the_check_of_the_books_is_due_at_the_start() -> None:
    clock = Scheduler(app, lazy=True)
    clock.setup_schedule()
    due = {name: entry.is_due() for name, entry in clock.schedule.items()}
    assert [name for name, (is_due, _next) in due.items() if is_due] == ["check the books"]
    assert round(due["check the books"][1]) == 600
    ran = next(clock.schedule["check the books"])
    assert not ran.is_due()[0]
