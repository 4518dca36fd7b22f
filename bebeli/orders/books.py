"""The books prove themselves: every invariant in one read-only snapshot, so that live traffic raises no false alarm."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

from bebeli.kit import clock
from bebeli.orders.invariants import ALL


@dataclass(frozen=True)
class Violation:
    """One row that should not be."""

    code: str
    key: str
    words: str

    def __str__(self) -> str:
        return f"{self.code} {self.key}: {self.words}"


def check() -> list[Violation]:
    """Return every violation; an empty list means that the books are right."""
    found: list[Violation] = []
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if is_outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for rule in ALL:
            cursor.execute(rule.sql, {"now": clock.now()})
            found += [Violation(rule.code, str(key), str(words)) for key, words in cursor.fetchall()]
    return found
