"""Files against rows, both ways: what nobody speaks of, and what is spoken of and not there.

Each room says where its files lie and which names its rows know. Nothing is taken away by itself: a file is somebody's evidence
until a person has said that it is nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.core.files.storage import Storage, storages

YOUNG = timedelta(days=1)  # a file is stored before its row; a day later nobody is still at it


@dataclass(frozen=True)
class Folder:
    """One folder of a storage, and the names in it that rows speak of, asked anew at each call."""

    storage: str
    path: str
    named: Callable[[], set[str]]


@dataclass
class Found:
    """How many files were seen, those without a row, and the rows' names without a file, as `storage:folder/name`."""

    files: int = 0
    unnamed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether every file has its row and every row its file."""
        return not self.unnamed and not self.missing


_rooms: list[Callable[[], Iterable[Folder]]] = []


def register(folders: Callable[[], Iterable[Folder]]) -> None:
    """Let a room say where its files lie."""
    _rooms.append(folders)


def folders() -> Iterator[Folder]:
    """Every folder that some room keeps files in."""
    for room in _rooms:
        yield from room()


def compare() -> Found:
    """Look at every file and every row that names one; a folder at a time, so that memory holds one folder's names."""
    found = Found()
    for folder in folders():
        _compare(folder, found)
    return found


def forget(unnamed: Iterable[str]) -> None:
    """Delete files that `compare` found without a row."""
    for where in unnamed:
        storage, _colon, name = where.partition(":")
        storages[storage].delete(name)


def _compare(folder: Folder, found: Found) -> None:
    storage = storages[folder.storage]
    named, lying = folder.named(), _lying(storage, folder.path)
    found.files += len(lying)
    for name in sorted(lying - named):
        if _is_old(storage, f"{folder.path}/{name}"):
            found.unnamed.append(f"{folder.storage}:{folder.path}/{name}")
    if gone := named - lying:
        gone = (gone & folder.named()) - _lying(storage, folder.path)  # what went or came while we looked
    found.missing += [f"{folder.storage}:{folder.path}/{name}" for name in sorted(gone)]


def _lying(storage: Storage, path: str) -> set[str]:
    try:
        return set(storage.listdir(path)[1])
    except FileNotFoundError:
        return set()


def _is_old(storage: Storage, name: str) -> bool:
    try:
        return storage.get_modified_time(name) < datetime.now(UTC) - YOUNG
    except FileNotFoundError:
        return False
