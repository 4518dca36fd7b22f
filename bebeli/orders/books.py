"""The books prove themselves: every invariant in one read-only snapshot, so that live traffic raises no false alarm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from bebeli.kit import clock
from bebeli.orders.invariants import ALL

NEWEST = 5000  # seals whose contents every check compares
SLICES = 144  # parts of the chain, one of which every check compares: ten minutes each make a day
TEN_MINUTES = 600


def _slice(now: datetime) -> int:
    return int(now.timestamp()) // TEN_MINUTES % SLICES


@dataclass(frozen=True)
class Violation:
    """One row that should not be."""

    code: str
    key: str
    words: str

    def __str__(self) -> str:
        return f"{self.code} {self.key}: {self.words}"


def check(*, is_whole: bool = False) -> list[Violation]:
    """Return every violation; an empty list means that the books are right.

    Contents are compared with the newest seals and one slice of the older ones, which moves on with every ten minutes
    and is round in a day; `is_whole` compares all.
    """
    found: list[Violation] = []
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if is_outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        now = clock.now()
        slices, part = (1, 0) if is_whole else (SLICES, _slice(now))
        for rule in ALL:
            cursor.execute(rule.sql, {"now": now, "newest": NEWEST, "slices": slices, "slice": part})
            found += [Violation(rule.code, str(key), str(words)) for key, words in cursor.fetchall()]
    return found
