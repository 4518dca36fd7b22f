"""What the shop stands on fails it: a table is held, no connection is left, the disk is full. It says so, and recovers."""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.chaos import strike, truth
from tests.chaos.crowd import Buyer, Crowd, Log
from tests.chaos.report import Report
from tests.chaos.visitors import Visitors
from tests.running import Running, running
from tests.sizes import size

pytestmark = pytest.mark.chaos

LOCKED_SECONDS = {
    "catalog_variant": size("CHAOS_LOCKED_SECONDS", 12, 60),
    "orders_purchase": size("CHAOS_LONG_LOCKED_SECONDS", 12, 600),  # longer than any lease
}
EXHAUSTED_SECONDS = size("CHAOS_EXHAUSTED_SECONDS", 12, 30)
FULL_SECONDS = size("CHAOS_FULL_SECONDS", 12, 30)
CALM_SECONDS = 8.0
RECOVER_SECONDS = 120.0
PATIENCE = 4.0
MOST = 500
MEGABYTES = 1200
WHO = ("pembeli", "toko21", "toko22")
SLUG = "SELECT p.slug FROM catalog_product p JOIN catalog_variant v ON v.product_id = p.id WHERE v.sku = %s"
END_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bebeli'"


def visitors(shop: Running, chance: random.Random) -> Visitors:
    """Shoppers who go round; a maker's goods to buy."""
    goods = Buyer(shop, "toko20", Log(), chance).own_goods()
    ((slug,),) = truth.rows(shop, SLUG, goods.sku)
    return Visitors(shop, slug, goods, WHO)


def usual(shop: Running, chance: random.Random) -> float:
    """The slowest answer while all is well: a machine that is slow by itself says nothing about a fault."""
    with visitors(shop, chance) as calm:
        time.sleep(CALM_SECONDS)
    return max(seen.seconds for seen in calm.seen)


def hold(seen: Visitors, calm: float) -> dict[str, float]:
    """Nobody waits, and what cannot be done is a 503 or "busy", never a fault."""
    limit = max(PATIENCE, 3.0 + calm)  # a row is waited for three seconds
    answers = Counter(one.status for one in seen.seen)
    assert seen.unanswered == []
    assert [one for one in seen.seen if one.status >= 500 and one.status != 503] == []
    assert [one for one in seen.seen if one.seconds > limit] == [], f"calm: {calm:.1f} s"
    slowest = max(one.seconds for one in seen.seen)
    return {"answers": len(seen.seen), "said_503": answers[503], "errors": 0, "slowest_s": slowest, "slowest_in_calm_s": calm}


def recovered(shop: Running, chance: random.Random) -> None:
    """Without a hand: pages come, a purchase goes through, the books are right."""
    strike.wait_ready(shop)
    log = Log()
    buyer = Buyer(shop, "toko23", log, chance)
    assert buyer.buy(Buyer(shop, "toko24", Log(), chance).own_goods(), "bca_va") is not None
    assert log.faults == []
    deadline = time.monotonic() + RECOVER_SECONDS
    while (books := shop.manage("check_books")).returncode:  # what waited meanwhile is told by and by
        assert time.monotonic() < deadline, books.stdout + books.stderr[-500:]
        time.sleep(5)


@pytest.mark.parametrize("table", LOCKED_SECONDS)
def test_a_table_that_somebody_holds_for_long(shop: Running, chance: random.Random, report: Report, table: str) -> None:
    """Longer than anybody is made to wait, and one of them for ten minutes."""
    calm = usual(shop, chance)
    with psycopg.connect(shop.database_url) as other, visitors(shop, chance) as seen:
        other.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        time.sleep(LOCKED_SECONDS[table])
        other.rollback()
    figures = hold(seen, calm)
    assert figures["said_503"] > 0
    recovered(shop, chance)
    report.say(f"{table} held for {LOCKED_SECONDS[table]} s", **figures)


@contextmanager
def no_connection_left(shop: Running) -> Generator[int, None, None]:
    """Somebody takes every connection, also those that the shop had."""
    taken = [psycopg.connect(shop.database_url, connect_timeout=3, autocommit=True)]
    for _round in range(5):  # the shop is quick to come back for what was taken from it
        taken[0].execute(END_ALL)
        with suppress(psycopg.OperationalError):
            while len(taken) < MOST:
                taken.append(psycopg.connect(shop.database_url, connect_timeout=3))
    try:
        yield len(taken)
    finally:
        for connection in taken:
            connection.close()


def test_no_connection_is_left(shop: Running, chance: random.Random, report: Report) -> None:
    calm = usual(shop, chance)
    with visitors(shop, chance) as seen:
        with no_connection_left(shop) as taken:
            time.sleep(EXHAUSTED_SECONDS)
        strike.wait_ready(shop)
    figures = hold(seen, calm)
    assert figures["said_503"] > 0
    recovered(shop, chance)
    report.say("connections exhausted", taken=taken, **figures)


@pytest.fixture
def small_disk(tmp_path: Path) -> Generator[Path, None, None]:
    """A disk of its own in memory, which only the machine's owner may make."""
    where = tmp_path / "small"
    where.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=755", "tmpfs", where], check=False)  # noqa: S607
    if made.returncode:
        pytest.skip("only root can make a small disk")
    yield where
    subprocess.run(["umount", "--lazy", where], check=True)  # noqa: S607


def fill(disk: Path) -> Path:
    """Write until nothing fits any more."""
    filler = disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as out:
        while out.write(b"\0" * 1_000_000):
            pass
    with suppress(OSError), filler.open("ab", buffering=0) as out:
        while out.write(b"\0" * 4096):
            pass
    return filler


def test_the_disk_is_full(small_disk: Path, chance: random.Random, report: Report) -> None:
    """Database and pictures on one disk: what was acknowledged stays, what cannot be kept is said, and room heals it."""
    with running(small_disk / "home") as shop:
        crowd = Crowd(shop, chance, size=3)
        with crowd:
            time.sleep(5)
            before = len(crowd.log.bought)
            filler = fill(small_disk)
            time.sleep(FULL_SECONDS)
            left = os.statvfs(small_disk).f_bavail
            filler.unlink()
            strike.wait_ready(shop)
            time.sleep(5)
        assert before > 0
        assert crowd.log.statuses[503] > 0, "nothing ever failed: the disk was not full"
        assert crowd.log.unanswered == 0
        figures = truth.hold(shop, crowd.log)
        recovered(shop, chance)
        assert httpx.get(f"{shop.web}/", timeout=20).status_code == httpx.codes.OK
    report.say(
        "disk full", blocks_left=left, said_503=crowd.log.statuses[503], unanswered=crowd.log.unanswered,
        purchases=figures["purchases"], lost=figures["lost"], doubled=figures["doubled"],
    )  # fmt: skip
