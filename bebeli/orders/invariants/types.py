"""The shape of an invariant."""

from __future__ import annotations

from dataclasses import dataclass


def fresh(row: str, moment: str) -> str:
    """Return the condition of rows that something happened to within a day, or whose turn it is among the older ones."""
    return f"({row}.{moment} > %(now)s - interval '1 day' OR {row}.id %% %(slices)s = %(slice)s)"


@dataclass(frozen=True)
class Invariant:
    """`sql` returns (key, what is wrong) of violations only.

    `%(now)s` is business time; the other parameters say how much to compare of what does not change any more.
    """

    code: str
    words: str
    sql: str
