"""The shape of an invariant."""

from __future__ import annotations

from dataclasses import dataclass


def fresh(row: str, moment: str) -> str:
    """Return the condition of rows that something happened to within a day, or whose turn it is among the older ones."""
    return f"({row}.{moment} > %(now)s - interval '1 day' OR {row}.id %% %(slices)s = %(slice)s)"


def turn(row: str, table: str) -> str:
    """Return the condition of a table's newest rows, and of those older ones whose turn it is: a range of ids, by its index.

    The range begins a little before its share, because shares grow with the table while it is gone round.
    """
    last = f"(SELECT coalesce(max(id), 0) FROM {table})"
    return (
        f"({row}.id > {last} - %(newest)s OR {row}.id BETWEEN {last} * %(slice)s / %(slices)s - 1000"
        f" AND {last} * (%(slice)s + 1) / %(slices)s)"
    )


@dataclass(frozen=True)
class Invariant:
    """`sql` returns (key, what is wrong) of violations only.

    `%(now)s` is business time; the other parameters say how much to compare of what does not change any more.
    """

    code: str
    words: str
    sql: str
