"""Words of a query: folded as the index folds them, and written as a tsquery. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

Phrase = tuple[str, ...]
Synonyms = Mapping[Phrase, frozenset[Phrase]]

MOST_WORDS = 8
LONGEST_WORD = 40
LONGEST_PHRASE = 4
SHORTEST_PREFIX = 3  # a shorter beginning would fetch a tenth of the shelf
SHORTEST_PLURAL = 4
WORD = re.compile(r"[^\W_]+")
FILLING = """yang untuk dan atau dari di ke dengan buat bagi jual beli cari harga kecamatan kabupaten
the of for and with from a an in"""
EMPTY_WORDS = frozenset(FILLING.split())


def fold(text: str) -> list[str]:
    """Return the words without case, accents and punctuation."""
    flat = unicodedata.normalize("NFKD", text.replace("\0", " "))
    plain = "".join(sign for sign in flat if not unicodedata.combining(sign))
    return WORD.findall(plain.lower())


def words_of(text: str) -> list[str]:
    """Return a query's telling words, at most eight; filling words only count where there is nothing else."""
    words = [word[:LONGEST_WORD] for word in fold(text)]
    return ([word for word in words if word not in EMPTY_WORDS] or words)[:MOST_WORDS]


def phrases_of(text: str) -> list[Phrase]:
    """Return the folded phrases between commas, each once, in order."""
    return list(dict.fromkeys(phrase for part in text.split(",") if (phrase := tuple(fold(part)))))


def terms(words: Sequence[str], synonyms: Synonyms) -> list[Phrase]:
    """Cut the words into the longest phrases that have synonyms, and single words."""
    cut: list[Phrase] = []
    at = 0
    while at < len(words):
        sizes = range(min(LONGEST_PHRASE, len(words) - at), 1, -1)
        size = next((size for size in sizes if tuple(words[at : at + size]) in synonyms), 1)
        cut.append(tuple(words[at : at + size]))
        at += size
    return cut


def quoted(word: str) -> str:
    """Write one operand; words carry no quotes, so nothing can break out."""
    return f"'{word}'"


def as_typed(word: str) -> str:
    """A word as typed: also the beginning of longer words, and an English plural without its ending."""
    forms = [f"{quoted(word)}:*" if len(word) >= SHORTEST_PREFIX and not word.isdigit() else quoted(word)]
    if len(word) >= SHORTEST_PLURAL and word.endswith("s"):
        forms += [quoted(word[:-1])]
        forms += [quoted(word[:-2])] if word.endswith("es") else []
        forms += [quoted(f"{word[:-3]}y")] if word.endswith("ies") else []
    return " | ".join(forms)


def as_term(phrase: Phrase, synonyms: Synonyms) -> str:
    """A phrase or anything that means the same."""
    typed = " & ".join(f"({as_typed(word)})" for word in phrase)
    others = synonyms.get(phrase, frozenset()) - {phrase}
    return " | ".join([f"({typed})", *sorted(f"({' <-> '.join(map(quoted, other))})" for other in others)])


def all_of(words: Sequence[str], synonyms: Synonyms) -> str:
    """Every word, in any order; two neighbours may also stand joined."""
    ways = [list(words)]
    ways += [[*words[:at], words[at] + words[at + 1], *words[at + 2 :]] for at in range(len(words) - 1)]
    return " | ".join(f"({' & '.join(f'({as_term(term, synonyms)})' for term in terms(way, synonyms))})" for way in ways)


def any_of(words: Iterable[str], synonyms: Synonyms) -> str:
    """At least one of the words."""
    return " | ".join(f"({as_term(term, synonyms)})" for term in terms(list(words), synonyms))


def exactly(words: Iterable[str]) -> str:
    """The words themselves, for ranking: what says them comes before what means them."""
    return " | ".join(map(quoted, words))
