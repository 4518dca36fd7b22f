"""The table of notice kinds and of their groups, filled by each app when it is ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bebeli.kit.errors import Message as Words

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
class Group:
    """Kinds that a reader decides about together. A fixed one always goes out at once.

    `why` says in a mail why it came; `concerns` tells whether the group means anything to a person.
    """

    name: str
    title: Words
    about: Words
    why: Words
    is_fixed: bool = False
    concerns: Callable[[int], bool] = lambda _user_id: True


@dataclass(frozen=True)
class Kind:
    """How one kind is put in words, whether it is still worth saying, and which group decides when."""

    name: str
    words: Callable[[Payload], Message]
    still_true: Callable[[Payload], bool]
    group: str


_kinds: dict[str, Kind] = {}
_groups: dict[str, Group] = {}


def register(name: str, words: Callable[[Payload], Message], still_true: Callable[[Payload], bool], group: str) -> None:
    """Add a kind of a registered group; a second registration of a name replaces the first."""
    _kinds[name] = Kind(name, words, still_true, _groups[group].name)


def register_group(group: Group) -> None:
    """Add a group; a second registration of a name replaces the first."""
    _groups[group.name] = group


def find(name: str) -> Kind:
    """Return a kind; raises KeyError for one nobody registered."""
    return _kinds[name]


def names() -> frozenset[str]:
    """Return all registered names."""
    return frozenset(_kinds)


def group_of(kind: str) -> Group:
    """Return the group of a kind; raises KeyError for one nobody registered."""
    return _groups[_kinds[kind].group]


def groups() -> tuple[Group, ...]:
    """Return all groups in the order they were registered."""
    return tuple(_groups.values())


def open_groups(names: frozenset[str] | None = None) -> tuple[Group, ...]:
    """Return the groups that a reader decides about, all or those of the given names."""
    return tuple(group for group in _groups.values() if not group.is_fixed and (names is None or group.name in names))


def in_group(group: str) -> frozenset[str]:
    """Return the names of a group's kinds."""
    return frozenset(kind.name for kind in _kinds.values() if kind.group == group)
