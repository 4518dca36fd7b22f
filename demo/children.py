"""Child programs that end with their parent, and the memory of those that outlived a killed one."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

LOG_LIMIT = 5_000_000
STEP_SECONDS = 0.02


class ChildFailed(RuntimeError):  # noqa: N818 - read as a sentence
    """A child program ended or did not become usable; the message says where to look."""


@dataclass(frozen=True)
class Identity:
    """Who a child runs as: a prefix to its command, or another user id (only root can give one)."""

    name: str
    prefix: tuple[str, ...] = ()
    uid: int | None = None

    def run(self, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run a short command as this identity and return what it said."""
        return subprocess.run(
            [*self.prefix, *map(str, command)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            user=self.uid,
            group=self.uid,
            extra_groups=None if self.uid is None else [],
        )


MYSELF = Identity("user")


@dataclass(frozen=True)
class Recipe:
    """How to start one child, again and again if need be."""

    name: str
    command: Sequence[str | Path]
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path = Path("/")
    identity: Identity = MYSELF
    goodbye: signal.Signals = signal.SIGTERM
    patience: float = 10.0


class Child:
    """One running child in a session of its own: a Ctrl-C in the terminal reaches only its parent."""

    def __init__(self, recipe: Recipe, home: Path) -> None:
        self.recipe = recipe
        self.log = home / "log" / f"{recipe.name}.log"
        self._note = home / "run" / f"{recipe.name}.json"
        with _opened(self.log) as log:
            self._popen = subprocess.Popen(
                [*recipe.identity.prefix, *_dies_with_parent(recipe.goodbye), *map(str, recipe.command)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=recipe.cwd,
                env={**os.environ, **recipe.env},
                start_new_session=True,
                user=recipe.identity.uid,
                group=recipe.identity.uid,
                extra_groups=None if recipe.identity.uid is None else [],
            )
        self.pid = self._popen.pid
        self._note.parent.mkdir(parents=True, exist_ok=True)
        self._note.write_text(json.dumps({"pid": self.pid, "birth": birth(self.pid)}))

    def ended(self) -> int | None:
        """Return the exit status, or nothing while it runs."""
        return self._popen.poll()

    def ask_to_stop(self) -> None:
        """Send the goodbye signal and return at once."""
        if self.ended() is None:
            self._popen.send_signal(self.recipe.goodbye)

    def stop(self) -> None:
        """End the child: politely, after its patience by force."""
        self.ask_to_stop()
        try:
            self._popen.wait(self.recipe.patience)
        except subprocess.TimeoutExpired:
            _kill_session(self.pid)
            self._popen.wait()
        _kill_session(self.pid)  # a leader that was killed leaves its helpers behind, on the same port
        self._note.unlink(missing_ok=True)

    def last_words(self) -> str:
        """Return the end of the log, for an error message."""
        with suppress(OSError):
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-12:])
        return ""


def birth(pid: int) -> str:
    """Return what makes a pid unique on this machine: the boot and the start time; empty when it is gone."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""
    state, *rest = stat.rpartition(")")[2].split()
    return "" if state in "ZX" else f"{boot} {rest[18]}"


def _is_of_this_boot(known: str) -> bool:
    return known.startswith(Path("/proc/sys/kernel/random/boot_id").read_text().strip())


def end_orphans(home: Path) -> list[str]:
    """End the children that a killed earlier run left behind, and return their names."""
    notes = [(path, json.loads(path.read_text() or "{}")) for path in sorted((home / "run").glob("*.json"))]
    found = [(path, note) for path, note in notes if note and note["birth"] == birth(note["pid"]) != ""]
    for _path, note in found:
        with suppress(ProcessLookupError):
            os.kill(note["pid"], signal.SIGINT)  # Postgres: fast shutdown; the others stop on it too
    for _path, note in found:
        wait_gone(note["pid"], 5.0)
    for _path, note in notes:
        if note and _is_of_this_boot(note["birth"]) and not birth(note["pid"]):
            _kill_session(note["pid"])  # the number stays taken as long as helpers of the dead leader live
    for path, _note in notes:
        path.unlink(missing_ok=True)
    return [path.stem for path, _note in found]


def wait_gone(pid: int, patience: float) -> None:
    """Wait until a foreign program has ended; after its patience end its whole session by force."""
    known = birth(pid)
    deadline = time.monotonic() + patience
    while known and birth(pid) == known:
        if time.monotonic() > deadline:
            _kill_session(pid)
        time.sleep(STEP_SECONDS)


def _kill_session(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _dies_with_parent(goodbye: signal.Signals) -> list[str]:
    """Let the kernel say goodbye when the parent dies; entering a user namespace would forget it, so it comes after."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", goodbye.name.removeprefix("SIG"), "--"] if setpriv else []


def _opened(path: Path) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")
