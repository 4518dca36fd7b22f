"""What search looks up at every query, read in one go and kept in this process for some seconds."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from django.conf import settings
from django.db import connection

from bebeli.catalog.words import Phrase, Synonyms, fold, phrases_of
from bebeli.places.models import REGENCY

SECONDS = 10.0
READ = """
SELECT 'synonym', words, '', '' FROM catalog_synonym WHERE is_active
UNION ALL SELECT 'district', code, name, '' FROM places_region WHERE parent_id = %s
UNION ALL SELECT 'category', slug, name_id, name_en FROM catalog_category
"""


@dataclass(frozen=True)
class Lexicon:
    """Synonyms by phrase, kecamatan by their words, categories by name as (slug, Indonesian, English)."""

    synonyms: Synonyms
    districts: dict[str, tuple[str, str]]
    categories: list[tuple[str, str, str]]

    @cached_property
    def words(self) -> frozenset[str]:
        """Every single word that stands in the table."""
        return frozenset(word for phrase in self.synonyms for word in phrase)

    @cached_property
    def near(self) -> dict[str, list[str]]:
        """The table's words by themselves with one letter left out, to mend slips in them."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.words):
            for form in one_left_out(word):
                found[form].append(word)
        return found

    def district_in(self, words: list[str]) -> tuple[str, str, list[str]] | None:
        """Find a kecamatan among the words: its code, its name, and the words without it."""
        for size in (2, 1):
            for at in range(len(words) - size + 1):
                if (named := self.districts.get("".join(words[at : at + size]))) is not None:
                    return *named, words[:at] + words[at + size :]
        return None


def one_left_out(word: str) -> set[str]:
    """Return the word and every form of it with one letter left out."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


_kept: list[tuple[float, Lexicon]] = []


def read() -> Lexicon:
    """Return the lexicon, at most ten seconds old."""
    if _kept and _kept[0][0] > time.monotonic():
        return _kept[0][1]
    fresh = _read()
    _kept[:] = [(time.monotonic() + (0.0 if settings.TESTING else SECONDS), fresh)]
    return fresh


def _read() -> Lexicon:
    groups: dict[Phrase, set[Phrase]] = defaultdict(set)
    districts: dict[str, tuple[str, str]] = {}
    categories: list[tuple[str, str, str]] = []
    with connection.cursor() as cursor:
        cursor.execute(READ, [REGENCY])
        for kind, first, second, third in cursor.fetchall():
            if kind == "synonym":
                phrases = phrases_of(first)
                for phrase in phrases:
                    groups[phrase].update(phrases)
            elif kind == "district":
                districts["".join(fold(second))] = (first, second)
            else:
                categories.append((first, second, third))
    return Lexicon(
        {phrase: frozenset(others) for phrase, others in groups.items()}, districts, sorted(categories, key=itemgetter(1))
    )
