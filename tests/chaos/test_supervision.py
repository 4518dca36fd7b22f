"""The demo's own processes: a dead one comes back whole, and none outlives the demo, however it ends."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.chaos import strike
from tests.chaos.report import Report
from tests.running import Running, running

pytestmark = pytest.mark.chaos

PARTS = ("beat", "mail", "simulator", "valkey", "worker", "web", "postgres")
GONE_SECONDS = 15.0


def wait_gone(home: Path, pids: set[int]) -> float:
    """Wait until none of these processes lives; returns how long it took."""
    begin = time.monotonic()
    while left := {pid: words for pid, words in strike.members(home).items() if pid in pids}:
        assert time.monotonic() < begin + GONE_SECONDS, left
        time.sleep(0.1)
    return time.monotonic() - begin


def supervisor(shop: Running) -> int:
    """Return the pid of the demo itself."""
    (pid,) = [pid for pid, words in strike.members(shop.home).items() if words.rstrip().endswith("-m demo.run")]
    return pid


def test_no_process_outlives_its_leader_or_the_demo(tmp_path: Path, report: Report) -> None:
    home = tmp_path / "home"
    with running(home) as shop:
        for part in PARTS:
            old = strike.session(strike.leader(shop, part))
            assert old
            strike.wait_back(shop, part, strike.kill(shop, part))
            wait_gone(home, old)
            strike.wait_ready(shop)
        before = set(strike.members(home))
    asked = wait_gone(home, before)
    assert strike.members(home) == {}

    with running(home) as shop:
        before = set(strike.members(home))
        web = strike.leader(shop, "web")
        strike.end(web)  # its helpers are on their own
        os.kill(supervisor(shop), signal.SIGKILL)
    begin = time.monotonic()
    with running(home) as shop:
        again = time.monotonic() - begin
        wait_gone(home, before)
        strike.wait_ready(shop)
    assert strike.members(home) == {}
    report.say("demo", parts_killed=len(PARTS), orphans=0, left_after_sigterm_s=asked, start_after_sigkill_s=again)
