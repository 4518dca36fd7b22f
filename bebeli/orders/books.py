"""The books prove themselves: every invariant in one read-only snapshot, so that live traffic raises no false alarm."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from bebeli.kit import clock
from bebeli.kit.moment import ONE_MOMENT
from bebeli.orders.invariants import ALL, Invariant
from bebeli.orders.invariants.types import TABLES, ranges

NEWEST = 2000  # seals, entries, orders and papers whose contents every check compares
SLICES = 144  # parts of what is old, one of which every check compares: ten minutes each make a day
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
    """Return every violation by its rule; an empty list means that the books are right.

    What does not change any more (seals, entries, sales, papers; of an hour ago settlements, falls, notices) is compared for
    the newest and for one slice of the older ones, which moves on with every ten minutes and is round in a day; `is_whole`
    compares all. Two connections share the work and one snapshot.
    """
    rules = deque(ALL)
    if connection.in_atomic_block:  # a caller's own transaction: nobody else sees what it has written
        with connection.cursor() as cursor:
            return _ask(cursor, rules, _values(cursor, is_whole=is_whole))
    with transaction.atomic(), connection.cursor() as cursor, ThreadPoolExecutor(1) as second:
        cursor.execute(ONE_MOMENT)
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        values = _values(cursor, is_whole=is_whole)
        beside = second.submit(_ask_beside, snapshot, rules, values)
        found = _ask(cursor, rules, values)
        return sorted(found + beside.result(), key=lambda violation: violation.code)


def _values(cursor: CursorWrapper, *, is_whole: bool) -> dict[str, Any]:
    now = clock.now()
    cursor.execute("SELECT " + ", ".join(f"(SELECT coalesce(max(id), 0) FROM {table})" for table in TABLES))
    last = dict(zip(TABLES, cursor.fetchone(), strict=True))
    part, parts = (0, 1) if is_whole else (_slice(now), SLICES)
    return {"now": now, "newest": NEWEST, **ranges(last, NEWEST, part, parts)}


def _ask_beside(snapshot: str, rules: deque[Invariant], values: dict[str, Any]) -> list[Violation]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ONE_MOMENT)
            cursor.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(snapshot).as_string())
            return _ask(cursor, rules, values)
    finally:
        connection.close()  # the thread's own


def _ask(cursor: CursorWrapper, rules: deque[Invariant], values: dict[str, Any]) -> list[Violation]:
    found: list[Violation] = []
    with suppress(IndexError):  # none is left
        while True:
            rule = rules.popleft()
            cursor.execute(rule.sql, values)
            found += [Violation(rule.code, str(key), str(words)) for key, words in cursor.fetchall()]
    return found
