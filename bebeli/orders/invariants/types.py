"""The shape of an invariant."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Invariant:
    """`sql` returns (key, what is wrong) of violations only; `%(now)s` is business time."""

    code: str
    words: str
    sql: str
