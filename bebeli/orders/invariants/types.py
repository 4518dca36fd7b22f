"""The shape of an invariant, and how much of what does not change any more one check compares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# compared by turns
TABLES = ("orders_order", "orders_purchase", "orders_document", "orders_entry", "orders_entryseal", "orders_paymentattempt")
BEFORE = 1000  # a range begins a little before its share, because shares grow with the table while it is gone round


def ranges(last: Mapping[str, int], newest: int, part: int, parts: int) -> dict[str, int]:
    """Return the ids that `turn` compares of each table, as parameters: numbers that the planner sees before it plans."""
    values: dict[str, int] = {}
    for table, most in last.items():
        values[f"{table}_new"] = most - newest
        values[f"{table}_from"] = (most + 1) * part // parts - BEFORE
        values[f"{table}_to"] = (most + 1) * (part + 1) // parts
    return values


def turn(row: str, table: str) -> str:
    """Return the condition of a table's newest rows, and of those older ones whose turn it is: ranges of ids, by its index."""
    return f"({row}.id > %({table}_new)s OR {row}.id >= %({table}_from)s AND {row}.id < %({table}_to)s)"


def fresh(row: str, table: str, moment: str) -> str:
    """Return the condition of rows that something happened to within an hour, by an index on `moment`, or whose turn it is."""
    return (
        f"{row}.id = ANY(ARRAY(SELECT id FROM {table} WHERE {moment} > %(now)s - interval '1 hour'"
        f" UNION SELECT turned.id FROM {table} turned WHERE {turn('turned', table)}))"
    )


@dataclass(frozen=True)
class Invariant:
    """`sql` returns (key, what is wrong) of violations only.

    `%(now)s` is business time; the other parameters say how much to compare of what does not change any more.
    """

    code: str
    words: str
    sql: str
