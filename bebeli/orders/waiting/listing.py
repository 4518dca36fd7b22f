"""The list itself: all kinds merged by when they began to wait, a page at a time; and how many there are of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Q, QuerySet, Value

from bebeli.kit.paging import GARBAGE, decode, encode
from bebeli.orders.waiting.kind import Case, Kind, Reader
from bebeli.orders.waiting.kinds import BY_CODE, KINDS

SIZE = 20
COUNTED = 100  # at most, of each kind


class Mark(NamedTuple):
    """Where a row stands in the list; no two rows share one."""

    since: datetime
    kind: str
    pk: int


@dataclass(frozen=True)
class Row:
    """A case with its kind."""

    kind: Kind
    case: Case

    @property
    def is_urgent(self) -> bool:
        """Whether it has waited too long."""
        return self.kind.is_urgent(self.case.since)


@dataclass(frozen=True)
class Listed:
    """A page of the list, and the cursors of its neighbours ('' where there is none)."""

    rows: list[Row]
    next: str
    previous: str


def page(reader: Reader, cursor: str = "", wanted: str = "", *, only_free: bool = False) -> Listed:
    """Return a page, the oldest first; `wanted` is one kind's code, a cursor or code of garbage narrows nothing."""
    kinds = [BY_CODE[wanted]] if wanted in BY_CODE else list(KINDS)
    mark, is_back = _mark_of(cursor)
    try:
        marks = _marks(kinds, mark, reader.user_id if only_free else None, is_back=is_back)
    except GARBAGE:
        return page(reader, "", wanted, only_free=only_free) if cursor else Listed([], "", "")
    more, marks = len(marks) > SIZE, marks[:SIZE]
    if is_back:
        marks.reverse()
    has_next = bool(marks) and (is_back or more)
    has_previous = bool(marks) and mark is not None and (not is_back or more)
    return Listed(
        _rows(marks, reader),
        _cursor("n", marks[-1]) if has_next else "",
        _cursor("p", marks[0]) if has_previous else "",
    )


def _mark_of(cursor: str) -> tuple[Mark | None, bool]:
    known = decode(cursor, 3) if cursor else None
    if known is None:
        return None, False
    direction, (since, kind, pk) = known
    try:
        at = datetime.fromisoformat(str(since))
        mark = Mark(at, str(kind), int(pk))
    except ValueError:
        return None, False
    return (mark, direction == "p") if at.tzinfo is not None else (None, False)


def _cursor(direction: str, mark: Mark) -> str:
    return encode(direction, [mark.since.isoformat(), mark.kind, mark.pk])


def _marks(kinds: Sequence[Kind], mark: Mark | None, free_for: int | None, *, is_back: bool) -> list[Mark]:
    """Return where a page's rows stand, and one more: of every kind that many at most are looked at."""
    order = ("-since_", "-kind_", "-pk_") if is_back else ("since_", "kind_", "pk_")
    parts = [_of_kind(kind, mark, free_for, is_back=is_back).order_by(*order)[: SIZE + 1] for kind in kinds]
    merged = parts[0].union(*parts[1:], all=True).order_by(*order) if len(parts) > 1 else parts[0]
    return [Mark(*row) for row in merged[: SIZE + 1]]


def _of_kind(kind: Kind, mark: Mark | None, free_for: int | None, *, is_back: bool) -> QuerySet[Any]:
    rows = kind.open().order_by()
    if free_for is not None:
        rows = rows.filter(kind.free(free_for))
    if mark is not None:
        rows = rows.filter(_beyond(kind, mark, is_back=is_back))
    named = rows.annotate(since_=F(kind.since), kind_=Value(kind.code), pk_=F("pk"))
    marks: QuerySet[Any] = named.values_list("since_", "kind_", "pk_")
    return marks


def _beyond(kind: Kind, mark: Mark, *, is_back: bool) -> Q:
    side = "lt" if is_back else "gt"
    from_there = Q(**{f"{kind.since}__{side}e": mark.since})
    further = Q(**{f"{kind.since}__{side}": mark.since})
    if kind.code == mark.kind:
        return from_there & (further | Q(**{f"pk__{side}": mark.pk}))
    comes_after = kind.code < mark.kind if is_back else kind.code > mark.kind
    return from_there if comes_after else further


def _rows(marks: Sequence[Mark], reader: Reader) -> list[Row]:
    """Load the rows of one page, kind by kind; what somebody ended meanwhile is gone."""
    found: dict[tuple[str, int], Row] = {}
    for code, group in groupby(sorted(marks, key=lambda mark: mark.kind), key=lambda mark: mark.kind):
        kind = BY_CODE[code]
        rows = list(kind.open().filter(pk__in=[mark.pk for mark in group]))
        found |= {(code, case.pk): Row(kind, case) for case in kind.told(rows, reader)}
    return [found[mark.kind, mark.pk] for mark in marks if (mark.kind, mark.pk) in found]


def counts() -> dict[str, int]:
    """Return how many of each kind wait, counted up to a hundred, in one query."""
    parts, values = [], []
    for kind in KINDS:
        sql, given = kind.open().order_by().values("pk")[:COUNTED].query.sql_with_params()
        parts.append(f"SELECT %s, COUNT(*) FROM ({sql}) AS part")
        values += [kind.code, *given]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return dict(cursor.fetchall())
