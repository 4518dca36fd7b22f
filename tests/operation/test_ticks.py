"""A tick of the clock is worked before a crowd of papers and letters, and after the money, on the real broker."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
from celery import current_app
from kombu import Connection

QUEUE = "uji-ticks"


@pytest.fixture
def line() -> Generator[Connection, None, None]:
    with current_app.connection_for_read() as connection:
        yield connection
        with connection.SimpleQueue(QUEUE) as queue:
            queue.clear()


def worked(line: Connection, many: int) -> list[str]:
    """Return the tasks in the order in which a worker takes them."""
    with line.SimpleQueue(QUEUE) as queue:
        taken = [queue.get(block=True, timeout=5) for _one in range(many)]
        for message in taken:
            message.ack()
        return [message.headers["task"] for message in taken]


def put(task: str, **options: Any) -> None:
    current_app.send_task(task, queue=QUEUE, **options)


def test_a_tick_overtakes_papers_and_letters_and_money_overtakes_it(line: Connection) -> None:
    tick = current_app.conf.beat_schedule["send digests"]
    for _one in range(20):
        put("orders.issue_documents")
        put("notices.send")
    put(tick["task"], **tick["options"])
    put("orders.settle")
    assert worked(line, 3)[:2] == ["orders.settle", "notices.sweep_digests"]


def test_without_its_place_a_tick_would_come_last(line: Connection) -> None:
    put("orders.issue_documents")
    put("notices.sweep_digests", expires=30)
    assert worked(line, 2)[-1] == "notices.sweep_digests"


def test_every_tick_of_what_comes_after_the_money_has_that_place() -> None:
    route, ticks = current_app.amqp.router.route, current_app.conf.beat_schedule.values()
    late = [tick for tick in ticks if "priority" in route({}, tick["task"])]
    assert late
    assert {tick["options"]["priority"] for tick in late} == {3}
    assert all("priority" not in tick["options"] for tick in ticks if tick not in late)
