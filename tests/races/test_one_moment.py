"""The check of the books: two connections, one moment, no rule left out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from bebeli.orders import books
from bebeli.orders.invariants import Invariant

WHO_AND_WHEN = "SELECT who, moment FROM (SELECT pg_backend_pid(), pg_current_snapshot(), pg_sleep(.05)) told (who, moment, slept)"
RULES = tuple(Invariant(f"X{number}", "tells who asks, and of which moment", WHO_AND_WHEN) for number in range(8))


def business_goes_on() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")  # a transaction that counts, and is over at once
    connection.close()


def meanwhile(act: Callable[..., Any]) -> Callable[..., Any]:
    def later(*values: Any) -> Any:
        with ThreadPoolExecutor(1) as somebody:
            somebody.submit(business_goes_on).result()
        return act(*values)

    return later


@pytest.mark.django_db(transaction=True)
def test_every_rule_is_asked_once_by_two_connections_of_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "ALL", RULES)
    monkeypatch.setattr(books, "_ask_beside", meanwhile(books._ask_beside))  # noqa: SLF001  the moment between the two
    found = books.check()
    assert [violation.code for violation in found] == [rule.code for rule in RULES]
    assert len({violation.key for violation in found}) == 2
    assert len({violation.words for violation in found}) == 1
