"""The table of notice kinds, filled by each app when it is ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Payload = Mapping[str, int | str]


@dataclass(frozen=True)
class Message:
    """A notice in words. `path` leads to the page it is about; `facts` are extra lines of (label, value)."""

    subject: str
    body: str
    path: str
    facts: tuple[tuple[str, str], ...] = ()
    action: str = ""


@dataclass(frozen=True)
class Kind:
    """How one kind is put in words, and whether it is still worth saying."""

    name: str
    words: Callable[[Payload], Message]
    still_true: Callable[[Payload], bool]


_kinds: dict[str, Kind] = {}


def register(name: str, words: Callable[[Payload], Message], still_true: Callable[[Payload], bool]) -> None:
    """Add a kind; a second registration of a name replaces the first."""
    _kinds[name] = Kind(name, words, still_true)


def find(name: str) -> Kind:
    """Return a kind; raises KeyError for one nobody registered."""
    return _kinds[name]


def names() -> frozenset[str]:
    """Return all registered names."""
    return frozenset(_kinds)
