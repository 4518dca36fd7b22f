"""How well search understands people: own judged queries, success among the first three, by group.

`python -m bench.search` prints the table; a test holds the same figures to limits.
Group `plain` are the goods' own words in any order, `slip` typing errors, `synonym` other words for the same, `joined` words
joined or split, `english` English names, `maker` and `district` stalls and kecamatan.
"""

from __future__ import annotations

import csv
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from bebeli.catalog import search
from bebeli.kit.paging import page

QUERIES = Path(__file__).with_name("search_queries.csv")
FIRST = 3
LIMITS = {"plain": 1.0, "slip": 0.9, "synonym": 0.9, "joined": 0.9, "english": 0.9, "maker": 0.9, "district": 0.9}


@dataclass(frozen=True)
class Judged:
    """A query, its group, and the products that would be right."""

    query: str
    group: str
    expected: frozenset[str]


@dataclass(frozen=True)
class Score:
    """How a group fared, and what was shown where it missed."""

    group: str
    queries: int
    hits: int
    misses: list[tuple[str, list[str]]]
    milliseconds: float

    @property
    def success(self) -> float:
        """The share of queries with a right product among the first three."""
        return self.hits / self.queries


def judged() -> list[Judged]:
    """Read the judged queries."""
    with QUERIES.open(newline="") as lines:
        return [Judged(row["query"], row["group"], frozenset(row["expected"].split())) for row in csv.DictReader(lines)]


def measure() -> list[Score]:
    """Ask every query; needs Django ready and the demo's shelf put up."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for row in judged():
        groups[row.group].append(row)
    scores = []
    for group, rows in groups.items():
        misses, began = [], time.perf_counter()
        for row in rows:
            found = search.find(search.Filters(q=row.query))
            first = [product.slug for product in page(found.queryset, found.order, "", FIRST).rows]
            if not row.expected.intersection(first):
                misses.append((row.query, first))
        spent = (time.perf_counter() - began) * 1000 / len(rows)
        scores.append(Score(group, len(rows), len(rows) - len(misses), misses, spent))
    return scores


def table(scores: list[Score]) -> str:
    """Write the figures and every miss."""
    lines = [f"{'group':10} {'queries':>7} {'success@3':>9} {'limit':>6} {'ms':>6}"]
    for score in scores:
        limit = LIMITS[score.group]
        lines.append(f"{score.group:10} {score.queries:7} {score.success:9.3f} {limit:6.2f} {score.milliseconds:6.1f}")
        lines += [f"    missed: {query} → {', '.join(first) or '-'}" for query, first in score.misses]
    return "\n".join(lines)


def report() -> int:
    """Print the table; 1 when a group is below its limit."""
    scores = measure()
    print(table(scores))
    return 0 if all(score.success >= LIMITS[score.group] for score in scores) else 1
