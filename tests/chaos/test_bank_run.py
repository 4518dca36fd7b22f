"""Twelve writers and four readers while connections are ended and Postgres crashes: in every snapshot the books balance."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from demo.services.keys import Keys
from tests.chaos import strike, truth
from tests.chaos.banker import START
from tests.chaos.conftest import SEED
from tests.chaos.report import Report
from tests.running import ROOT, Running
from tests.sizes import size

pytestmark = pytest.mark.chaos

WRITERS, READERS = 12, 4
READS = size("CHAOS_READS", 2_000, 50_000)
CRASHES = size("CHAOS_CRASHES", 1, 3)
BOUND_SECONDS = 600.0
TWIN_SECONDS = 60.0
START_SECONDS = 180.0
TOTAL = "SELECT coalesce(sum(amount), 0)::bigint FROM orders_posting"
KEPT = """
SELECT count(*) FROM (SELECT a.id FROM orders_account a LEFT JOIN orders_posting p ON p.account_id = a.id
WHERE a.balance IS NOT NULL GROUP BY a.id HAVING a.balance <> coalesce(sum(p.amount), 0)) wrong
"""
HALVES = (f"{TOTAL} WHERE account_id %% 2 = 0", f"{TOTAL} WHERE account_id %% 2 = 1")
END_ONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE application_name = 'bebeli' AND state <> 'idle' ORDER BY random() LIMIT 1
"""


@dataclass
class Seen:
    """What the readers saw."""

    reads: int = 0
    wrong: list[tuple[int, int]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, total: int, wrong_balances: int) -> None:
        """Count one snapshot."""
        with self.lock:
            self.reads += 1
            if (total, wrong_balances) != (0, 0):
                self.wrong.append((total, wrong_balances))


def in_one_snapshot(connection: psycopg.Connection) -> tuple[int, int]:
    """The sum of all postings, and how many kept balances differ from theirs, as of one moment."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return _one(connection, TOTAL), _one(connection, KEPT)


def in_two_moments(connection: psycopg.Connection) -> tuple[int, int]:
    """The guard off: one half of the accounts first, the other half a moment later."""
    return sum(_one(connection, half) for half in HALVES), 0


def _one(connection: psycopg.Connection, query: str) -> int:
    row = connection.execute(query.replace("%%", "%")).fetchone()
    return int(row[0]) if row else 0


@contextmanager
def readers(shop: Running, look: Callable[[psycopg.Connection], tuple[int, int]]) -> Generator[Seen, None, None]:
    """Read and read again; a reader whose database is away tries again."""
    seen, ended = Seen(), threading.Event()

    def go() -> None:
        while not ended.is_set():
            with suppress(psycopg.Error), psycopg.connect(shop.database_url, connect_timeout=3, autocommit=True) as connection:
                while not ended.is_set():
                    seen.add(*look(connection))
            ended.wait(0.2)

    threads = [threading.Thread(target=go) for _number in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        ended.set()
        for thread in threads:
            thread.join()


@contextmanager
def writers(shop: Running, folder: Path) -> Generator[list[Path], None, None]:
    """Twelve processes that move money by the real verbs, each with its own log of what was acknowledged."""
    logs = [folder / f"{number}.log" for number in range(WRITERS)]
    running = [_writer(shop, number, log) for number, log in enumerate(logs)]
    begin = time.monotonic()
    try:
        while not all(log.exists() and log.stat().st_size for log in logs):
            assert time.monotonic() < begin + START_SECONDS, "not every writer has begun"
            time.sleep(0.5)
        yield logs
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            process.wait(timeout=60)
    assert {process.returncode for process in running} == {0}, [log.with_suffix(".err").read_text()[-800:] for log in logs]


def _writer(shop: Running, number: int, log: Path) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DEBUG": "true",
        "DATABASE_URL": shop.database_url,
        "REDIS_URL": shop.redis_url,
        "FIELD_KEY": Keys.kept_in(shop.home / "keys.json").field_key,
        "DJANGO_SETTINGS_MODULE": "bebeli.settings",
    }
    with log.with_suffix(".err").open("wb") as words:
        command = [sys.executable, "-c", START.format(number=number, seed=SEED, log=log)]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=words, stderr=words)


def acknowledged(logs: list[Path]) -> Counter[str]:
    return Counter(line for log in logs if log.exists() for line in log.read_text().split())


def test_every_snapshot_balances_while_connections_end_and_postgres_crashes(
    shop: Running, chance: random.Random, report: Report, tmp_path: Path
) -> None:
    ended = crashed = 0
    with writers(shop, tmp_path) as logs, readers(shop, in_one_snapshot) as seen:
        begin = time.monotonic()
        for part in range(CRASHES + 1):
            enough = READS * (part + 1) // (CRASHES + 1)
            while seen.reads < enough and time.monotonic() < begin + BOUND_SECONDS:
                with suppress(psycopg.Error):
                    ended += len(truth.rows(shop, END_ONE))
                time.sleep(chance.uniform(0.3, 1.0))
            if part < CRASHES:
                strike.wait_back(shop, "postgres", strike.kill(shop, "postgres"))
                strike.wait_ready(shop)
                crashed += 1
    seconds = time.monotonic() - begin
    assert seen.wrong == []
    assert seen.reads >= READS, f"only {seen.reads} reads in {seconds:.0f} s"
    told = acknowledged(logs)
    assert set(told.values()) <= {1}
    kept = {key for (key,) in truth.rows(shop, "SELECT idem_key FROM orders_entry WHERE idem_key = ANY(%s)", list(told))}
    assert kept == set(told), "an acknowledged entry is missing"
    books = shop.manage("check_books")
    assert (books.returncode, books.stdout) == (0, "")
    report.say(
        "bank run", writers=WRITERS, readers=READERS, reads=seen.reads, nonzero=0, acknowledged=len(told), lost=0,
        connections_ended=ended, crashes=crashed, seconds=seconds,
    )  # fmt: skip


def test_without_one_snapshot_money_seems_to_vanish(shop: Running, tmp_path: Path, report: Report) -> None:
    with writers(shop, tmp_path) as logs, readers(shop, in_two_moments) as seen:
        begin = time.monotonic()
        while not seen.wrong and time.monotonic() < begin + TWIN_SECONDS:
            time.sleep(0.2)
    assert seen.wrong, f"{seen.reads} reads, {sum(acknowledged(logs).values())} entries"
    report.say("bank run in two moments", reads=seen.reads, nonzero=len(seen.wrong))
