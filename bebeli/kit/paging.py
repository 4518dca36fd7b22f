"""Keyset paging: no OFFSET, no count; a cursor is where the last page ended."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)

GARBAGE = (ValueError, TypeError, ValidationError, DataError)  # a forged cursor's value is not of its column's type


@dataclass(frozen=True)
class Page(Generic[M]):
    """Rows in order, and the cursors of the neighbours ('' where there is none)."""

    rows: list[M]
    next: str
    previous: str


def encode(direction: str, values: list[Any]) -> str:
    """Return an opaque cursor."""
    text = json.dumps([direction, *values], default=str, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str, width: int) -> tuple[str, list[Any]] | None:
    """Return direction and values, or None for garbage."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = json.loads(base64.urlsafe_b64decode(padded.encode()))
    except (ValueError, RecursionError):
        return None
    if not isinstance(parts, list) or len(parts) != width + 1 or parts[0] not in ("n", "p"):
        return None
    if not all(isinstance(part, (str, int)) and not isinstance(part, bool) for part in parts[1:]):
        return None
    if any(isinstance(part, str) and "\0" in part for part in parts[1:]):
        return None
    return parts[0], parts[1:]


def _beyond(order: tuple[str, ...], values: list[Any]) -> Q:
    """Return the condition of rows that come after `values` in `order`."""
    condition = Q()
    equal = Q()
    for field, value in zip(order, values, strict=True):
        name = field.lstrip("-")
        side = "lt" if field.startswith("-") else "gt"
        condition |= equal & Q(**{f"{name}__{side}": value})
        equal &= Q(**{name: value})
    return condition


def _turned(order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(field[1:] if field.startswith("-") else f"-{field}" for field in order)


def _value(row: Model, field: str) -> Any:
    value: Any = row
    for part in field.lstrip("-").split("__"):
        value = getattr(value, part)
    return value


def page(queryset: QuerySet[M], order: tuple[str, ...], cursor: str, size: int) -> Page[M]:
    """Return one page in `order`, whose last field must be unique; a garbage cursor gives the first page."""
    known = decode(cursor, len(order)) if cursor else None
    backwards = known is not None and known[0] == "p"
    walk = _turned(order) if backwards else order
    try:
        narrowed = queryset.filter(_beyond(walk, known[1])) if known is not None else queryset
        rows = list(narrowed.order_by(*walk)[: size + 1])
    except GARBAGE:
        return page(queryset, order, "", size) if known else Page([], "", "")
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    return _bounded(rows, order, has_next=bool(rows) and (backwards or more), has_previous=_has_previous(known, more))


def _has_previous(known: tuple[str, list[Any]] | None, more: bool) -> bool:  # noqa: FBT001  a fact, not a flag
    return known is not None and (known[0] == "n" or more)


def _bounded(rows: list[M], order: tuple[str, ...], *, has_next: bool, has_previous: bool) -> Page[M]:
    following = encode("n", [_value(rows[-1], field) for field in order]) if rows and has_next else ""
    previous = encode("p", [_value(rows[0], field) for field in order]) if rows and has_previous else ""
    return Page(rows, following, previous)
