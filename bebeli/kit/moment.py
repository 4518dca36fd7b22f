"""Many questions about one moment: what others write meanwhile is not seen."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from django.db import connection, transaction

ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@contextmanager
def one_moment() -> Generator[None, None, None]:
    """Read everything inside as it stood at the first question; inside a caller's own transaction, as that one sees it."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(ONE_MOMENT)
        yield
