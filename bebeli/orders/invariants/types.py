"""The shape of an invariant."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Invariant:
    """`sql` returns (key, what is wrong) of violations only.

    `%(now)s` is business time; the other parameters say how much of the chain to compare.
    """

    code: str
    words: str
    sql: str
