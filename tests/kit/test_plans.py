"""Statements that are planned for their own parameters."""

from __future__ import annotations

import pytest
from django.db import connection

from bebeli.kit.plans import planned_anew

pytestmark = pytest.mark.django_db
KEPT = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s"


def asked_often(mark: str) -> int:
    """Ask one thing five times; returns how many plans the session keeps of it."""
    with connection.cursor() as cursor:
        for number in range(5):
            cursor.execute(f"SELECT %s::int AS {mark}", [number])
        cursor.execute(KEPT, [f"%AS {mark}%"])
        return int(cursor.fetchone()[0])


def test_what_is_asked_often_keeps_its_plan() -> None:
    assert asked_often("kept") == 1


def test_inside_nothing_keeps_a_plan_and_afterwards_all_do_again() -> None:
    with planned_anew():
        assert asked_often("anew") == 0
    assert asked_often("again") == 1


def test_a_failure_inside_leaves_the_connection_as_it_was() -> None:
    with pytest.raises(ZeroDivisionError), planned_anew():
        raise ZeroDivisionError
    assert asked_often("after") == 1
