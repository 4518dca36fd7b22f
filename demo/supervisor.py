"""Keeps the demo's children alive: whoever dies is started again, a little later each time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from demo.children import Child, ChildFailed

FIRST_WAIT, LONGEST_WAIT = 0.25, 2.0  # what dies again and again costs a start each time; waiting longer piles up work
CALM_SECONDS = 60.0
LOOK_SECONDS = 0.2


@dataclass
class Watched:
    """One child and how it has fared."""

    name: str
    start: Callable[[], Child]
    child: Child
    since: float = field(default_factory=time.monotonic)
    falls: int = 0
    due: float | None = None


class Supervisor:
    """Starts, watches, restarts and stops; the order of starting is the reverse order of stopping."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._watched: list[Watched] = []

    def start(self, name: str, start: Callable[[], Child]) -> Child:
        """Start a child and watch it from now on."""
        child = start()
        self._watched.append(Watched(name, start, child))
        return child

    def look(self) -> None:
        """Look once after every child."""
        for watched in self._watched:
            if watched.due is None and (status := watched.child.ended()) is not None:
                self._mourn(watched, status)
            elif watched.due is not None and time.monotonic() >= watched.due:
                self._revive(watched)

    def watch(self) -> None:
        """Look after the children until an exception (a signal) ends it."""
        while True:
            self.look()
            time.sleep(LOOK_SECONDS)

    def stop(self, last: frozenset[str]) -> None:
        """Stop all at once, but those that the others lean on only when the others are gone."""
        for wave in (
            [watched for watched in reversed(self._watched) if watched.name not in last],
            [watched for watched in reversed(self._watched) if watched.name in last],
        ):
            for watched in wave:
                watched.child.ask_to_stop()
            for watched in wave:
                watched.child.stop()
        self._watched.clear()

    def _mourn(self, watched: Watched, status: int) -> None:
        if time.monotonic() - watched.since > CALM_SECONDS:
            watched.falls = 0
        wait = min(FIRST_WAIT * 2**watched.falls, LONGEST_WAIT)
        watched.falls += 1
        watched.due = time.monotonic() + wait
        self._say(f"{watched.name} berhenti (kode {status}), dimulai lagi dalam {wait:g} dtk; lihat {watched.child.log}")

    def _revive(self, watched: Watched) -> None:
        watched.due, watched.since = None, time.monotonic()
        watched.child.stop()  # what is left of its session, and its note
        try:
            watched.child = watched.start()
        except (ChildFailed, OSError) as failure:
            self._say(f"{watched.name} belum dapat dimulai: {failure}")
            watched.falls += 1
            watched.due = time.monotonic() + LONGEST_WAIT
