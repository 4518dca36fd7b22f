"""Whole rupiah: splitting without losing one, rounding by rule, and how an amount is written."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)

BASIS = 10_000  # rates are in basis points: 500 = 5 %


def rupiah(amount: int) -> str:
    """Return `Rp125.000`; a negative amount as `-Rp125.000`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")


def half_up(amount: int, rate_bp: int) -> int:
    """Return the share of a non-negative amount at a rate in basis points, rounded half up."""
    return (amount * rate_bp * 2 + BASIS) // (BASIS * 2)


def down(amount: int, rate_bp: int) -> int:
    """Return the share of a non-negative amount at a rate in basis points, rounded down."""
    return amount * rate_bp // BASIS


def split(total: int, weights: Mapping[K, int]) -> dict[K, int]:
    """Split a non-negative total by weight so that the parts sum to it: largest remainder, ties by key.

    All weights zero gives the whole total to the first key.
    """
    whole = sum(weights.values())
    keys = sorted(weights)  # type: ignore[type-var]
    if not keys:
        return {}
    if whole == 0:
        return {key: (total if key == keys[0] else 0) for key in keys}
    parts = {key: total * weights[key] // whole for key in keys}
    left = total - sum(parts.values())
    by_remainder = sorted(keys, key=lambda key: -(total * weights[key] % whole))  # stable: ties stay in key order
    for key in by_remainder[:left]:
        parts[key] += 1
    return parts
