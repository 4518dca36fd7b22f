"""What was measured, and the table it is told in. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

Bound = Literal["at least", "at most", ""]


@dataclass(frozen=True)
class Figure:
    """One row: a value with its unit, what it is compared with, the ratio, and the limit; without bound it is only told."""

    name: str
    value: float
    unit: str
    against: str = ""
    ratio: float | None = None
    bound: Bound = ""
    limit: float = 0.0

    @property
    def is_met(self) -> bool:
        """Whether the limit is kept; a figure without one always is."""
        if not self.bound:
            return True
        measured = self.value if self.ratio is None else self.ratio
        return measured >= self.limit if self.bound == "at least" else measured <= self.limit


def ratio_of(measured: Sequence[float], bare: Sequence[float]) -> float:
    """Return the median of the ratios round by round: what disturbs a round disturbs both its sides."""
    return median(ours / theirs for ours, theirs in zip(measured, bare, strict=True))


def share(name: str, measured: Sequence[float], bare: Sequence[float], limit: float, against: str) -> Figure:
    """Return a speed per second that must reach a share of another, both measured in turns."""
    return Figure(
        name, median(measured), "/dtk", f"{against} {median(bare):,.0f}/dtk", ratio_of(measured, bare), "at least", limit
    )


def growth(name: str, few: float, many: float, limit: float, words: str) -> Figure:
    """Return a time that may grow only so many times from few products to many; seconds in, milliseconds told."""
    return Figure(name, many * 1000, "md", f"{words} {few * 1000:.1f} md", many / few, "at most", limit)


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as lines of text."""
    rows = [("", "angka", "dibanding", "rasio", "batas", "")]
    for figure in figures:
        number = f"{figure.value:,.1f}" if figure.value < 100 else f"{figure.value:,.0f}"  # noqa: PLR2004  as one reads it
        sign = {"at least": "≥", "at most": "≤", "": ""}[figure.bound]
        rows.append(
            (
                figure.name,
                f"{number} {figure.unit}",
                figure.against,
                "" if figure.ratio is None else f"{figure.ratio:.3f}",
                f"{sign} {figure.limit:g}" if sign else "",
                ("✓" if figure.is_met else "✗") if sign else "",
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join("  ".join([f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)] + [row[5]]) for row in rows)
