"""No helper outlives its leader: it would sit on the same port beside the next one."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from demo.children import Child, Recipe, birth, end_orphans

WITH_HELPER = Recipe(
    "kepala", ["sh", "-c", 'sleep 300 & echo $! > "$OUT/pembantu.half"; mv "$OUT/pembantu.half" "$OUT/pembantu"; wait']
)


def started(home: Path) -> tuple[Child, int]:
    child = Child(Recipe(WITH_HELPER.name, WITH_HELPER.command, env={"OUT": str(home)}), home)
    deadline = time.monotonic() + 10
    while not (home / "pembantu").exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return child, int((home / "pembantu").read_text())


def wait_dead(pid: int) -> None:
    deadline = time.monotonic() + 5
    while birth(pid):
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def fallen(tmp_path: Path) -> tuple[Child, int]:
    """A leader that was killed, and the pid of its helper."""
    child, helper = started(tmp_path)
    os.kill(child.pid, signal.SIGKILL)
    wait_dead(child.pid)
    assert birth(helper)
    return child, helper


def test_the_supervisor_ends_what_a_killed_leader_left(fallen: tuple[Child, int]) -> None:
    child, helper = fallen
    child.stop()
    wait_dead(helper)


def test_the_next_start_ends_what_a_killed_leader_left(fallen: tuple[Child, int], tmp_path: Path) -> None:
    child, helper = fallen
    child.ended()  # its number is free again for everybody but its own session
    end_orphans(tmp_path)  # the leader is a zombie still: whoever should bury it is dead as well
    wait_dead(helper)
    assert child.ended() == -signal.SIGKILL
    assert not list((tmp_path / "run").glob("*.json"))
