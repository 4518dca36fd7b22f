"""What somebody meant: joined words are cut, slips are mended, by the words the goods themselves use.

`understand` asks the vocabulary twice at most: which words (and parts of words) are known, and what is near the unknown ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection

from bebeli.catalog.lexicon import Lexicon, one_left_out
from bebeli.catalog.models import Word

SHORTEST_PART = 3
SHORTEST_MENDABLE = 3
LONG = 6  # from here two slips in a word are forgiven
NEAR = """
SELECT q.word, v.word, v.written, v.uses
FROM (SELECT word, catalog_near(word) AS forms FROM unnest(%s::text[]) word OFFSET 0) q CROSS JOIN LATERAL (
    SELECT word, written, uses FROM catalog_word
    WHERE near && q.forms OR word %% q.word
    ORDER BY similarity(word, q.word) DESC, uses DESC LIMIT 40
) v
"""


@dataclass(frozen=True)
class Understood:
    """The words as typed and as meant; `mended` when a slip was corrected, `lost` are words nobody knows."""

    typed: list[str]
    meant: list[str]
    written: str
    is_mended: bool
    lost: frozenset[str]


@dataclass(frozen=True)
class Guess:
    """A known word near an unknown one."""

    word: str
    written: str
    uses: int


def understand(words: list[str], lexicon: Lexicon) -> Understood:
    """Read the words; costs one query when all are known, two otherwise."""
    known = known_among({part for word in words for part in parts(word)} | set(words)) | lexicon.words
    cuts = {word: [word] if word in known or word.isdigit() else cut(word, known) for word in words}
    guesses = near_to({word for word in words if not cuts[word] and len(word) >= SHORTEST_MENDABLE}, lexicon)
    meant: list[str] = []
    written: list[str] = []
    for word in words:
        best = guesses.get(word)
        meant += cuts[word] or (best.written.split() if best else [word])
        written += cuts[word] or ([best.written] if best else [word])
    lost = frozenset(word for word in words if not cuts[word] and word not in guesses)
    return Understood(words, meant, " ".join(written), bool(guesses), lost)


def parts(word: str) -> set[str]:
    """Return every piece a joined word might be made of."""
    size = len(word)
    return {word[a:b] for a in range(size) for b in range(a + SHORTEST_PART, size + 1)} if not word.isdigit() else set()


def known_among(words: Iterable[str]) -> set[str]:
    """Return those the goods use."""
    return set(Word.objects.filter(pk__in=sorted(words)).values_list("word", flat=True))


def cut(word: str, known: Collection[str]) -> list[str]:
    """Cut a joined word into the fewest known ones; nothing when it cannot be cut whole."""
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(end - SHORTEST_PART + 1):
            before, piece = best[start], word[start:end]
            if before is None or piece not in known:
                continue
            now = best[end]
            if now is None or len(before) + 1 < len(now):
                best[end] = [*before, piece]
    return best[-1] or []


def near_to(words: Collection[str], lexicon: Lexicon) -> dict[str, Guess]:
    """Return the best known word for each unknown one, where there is one near enough."""
    if not words:
        return {}
    found: dict[str, list[Guess]] = {word: [] for word in words}
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [sorted(words)])
        for word, *guess in cursor.fetchall():
            found[word].append(Guess(*guess))
    for word, guesses in found.items():
        also = {other for form in one_left_out(word) for other in lexicon.near.get(form, ())}
        guesses += [Guess(other, other, 0) for other in also - {guess.word for guess in guesses}]
    return {word: best for word, guesses in found.items() if (best := nearest(word, guesses)) is not None}


def nearest(word: str, guesses: Iterable[Guess]) -> Guess | None:
    """Return the guess that needs the fewest slips; ties go to the same first letter, then to the word used most."""
    allowed = 2 if len(word) >= LONG else 1
    told = [(slips(word, guess.word), guess) for guess in guesses]
    fit = [(count, guess) for count, guess in told if count <= allowed]
    return min(fit, key=lambda one: (one[0], one[1].word[0] != word[0], -one[1].uses, one[1].word))[1] if fit else None


def slips(typed: str, meant: str) -> int:
    """Count letters left out, added, mistaken or swapped with a neighbour (Damerau, optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(meant) + 1))
    for at, letter in enumerate(typed, 1):
        row = [at]
        for to, other in enumerate(meant, 1):
            cost = min(last[to] + 1, row[-1] + 1, last[to - 1] + (letter != other))
            if at > 1 and to > 1 and letter == meant[to - 2] and typed[at - 2] == other:
                cost = min(cost, before[to - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
