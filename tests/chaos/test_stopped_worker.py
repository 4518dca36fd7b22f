"""The whole worker is stopped with rows on lease, longer than the lease; another one does its work; then the first goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.chaos import strike, truth
from tests.chaos.bank import Customers
from tests.chaos.crowd import Crowd
from tests.chaos.report import Report
from tests.running import ROOT, Running
from tests.sizes import size

pytestmark = pytest.mark.chaos

STOPS = size("CHAOS_WORKER_STOPS", 1, 2)
LEASE_SECONDS = 60.0
STOPPED_SECONDS = LEASE_SECONDS + 10.0
CATCH_SECONDS = 60.0
TAKE_SECONDS = 180.0  # what was rung meanwhile comes first, and a tick that waits behind it is dropped for the next
SETTLE_SECONDS = 90.0  # a minute until the first question, a quarter until the tick, and the work
ON_LEASE = """
SELECT id FROM orders_callback WHERE state IN ('received', 'failed') AND lease_until > now() + interval '30 seconds'
"""
STILL_WAITING = "SELECT id FROM orders_callback WHERE id = ANY(%s) AND state IN ('received', 'failed')"


def stopped_at_work(shop: Running) -> tuple[set[int], list[int]]:
    """Stop every process of the worker while it holds messages on lease; returns the processes and the messages."""
    deadline = time.monotonic() + CATCH_SECONDS
    while time.monotonic() < deadline:
        pids = strike.session(strike.leader(shop, "worker"))
        if truth.rows(shop, ON_LEASE):
            strike.stop(pids)
            if held := [pk for (pk,) in truth.rows(shop, ON_LEASE)]:
                return pids, held
            strike.go_on(pids)
    message = "the worker was never caught at work"
    raise AssertionError(message)


@contextmanager
def another(shop: Running, pid: int, log: Path) -> Generator[None, None, None]:
    """Start a second worker by the first one's own words and surroundings; stop it at the end."""
    entry = Path(f"/proc/{pid}")
    command = [word.decode() for word in (entry / "cmdline").read_bytes().split(b"\0") if word]
    pairs = (pair.partition(b"=") for pair in (entry / "environ").read_bytes().split(b"\0") if pair)
    environment = {os.fsdecode(name): os.fsdecode(value) for name, _is, value in pairs}
    with log.open("ab") as words:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=words, stderr=words)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def wait_taken_over(shop: Running, messages: list[int], seconds: float) -> None:
    """Wait until none of these messages waits any more."""
    deadline = time.monotonic() + seconds
    while left := truth.rows(shop, STILL_WAITING, messages):
        assert time.monotonic() < deadline, f"nobody took {left} over"
        time.sleep(0.2)


def test_another_works_while_one_is_stopped(shop: Running, chance: random.Random, report: Report, tmp_path: Path) -> None:
    taken_over = purchases = 0
    for _stop in range(STOPS):
        crowd = Crowd(shop, chance)
        with Customers(shop, crowd.log, chance) as customers:
            with crowd:  # what is rung later comes before what waits for the sweeper: people rest while it is watched
                pids, messages = stopped_at_work(shop)
                begin = time.monotonic()
            try:
                with another(shop, strike.leader(shop, "worker"), tmp_path / "another.log"):
                    wait_taken_over(shop, messages, LEASE_SECONDS + TAKE_SECONDS)
                    taken_over += len(messages)
                    time.sleep(max(STOPPED_SECONDS - (time.monotonic() - begin), 0.0))  # the fault's own length
                    strike.go_on(pids)
                    customers.pay_all(SETTLE_SECONDS)  # both work for a while
            finally:
                strike.go_on(pids)
            at = truth.wait_settled(shop, [bought.code for bought in crowd.log.bought], SETTLE_SECONDS)
        figures = truth.hold(shop, crowd.log)
        assert figures["settled"] == figures["purchases"] == len(at)
        purchases += len(at)
    assert taken_over >= STOPS
    report.say(
        "worker stopped", stops=STOPS, at_least_s=STOPPED_SECONDS, taken_over=taken_over, purchases=purchases, lost=0, doubled=0
    )
