"""Plans that depend on what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def planned_anew() -> Iterator[None]:
    """Plan the statements inside for their own parameters.

    The connection prepares what it hears twice, and after some rounds Postgres keeps one plan for all parameters. For words of
    which some stand in every tenth product and some in none, no one plan is good.
    """
    connection.ensure_connection()
    driver = connection.connection
    usual, driver.prepare_threshold = driver.prepare_threshold, None
    try:
        yield
    finally:
        driver.prepare_threshold = usual
