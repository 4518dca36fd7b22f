"""Postgres crashes while people buy: an answer is a 503 or the truth, and what was missed is found again."""

from __future__ import annotations

import random
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from tests.chaos import strike, truth
from tests.chaos.bank import Customers
from tests.chaos.crowd import Crowd
from tests.chaos.report import Report
from tests.chaos.visitors import Visitors
from tests.running import Running
from tests.sizes import size

pytestmark = pytest.mark.chaos

CRASHES = size("CHAOS_POSTGRES_CRASHES", 5, 100)
MOST_WHOLE = 8  # the supervisor takes its time over a postmaster that dies again and again
HIT_SECONDS = 20.0
SETTLE_SECONDS = 90.0  # a minute until the first question, a quarter until the tick, and the work


def backend(shop: Running, chance: random.Random) -> int:
    """Return one of the server's processes that works for the shop."""
    with suppress(psycopg.OperationalError):
        found = truth.rows(shop, "SELECT pid FROM pg_stat_activity WHERE application_name = 'bebeli' ORDER BY pid")
        if found:
            return _outside(strike.leader(shop, "postgres"), chance.choice(found)[0])
    return 0


def _outside(postmaster: int, pid: int) -> int:
    """Backends share the machine's numbers unless they live in a namespace of their own; only real children count."""
    stat = Path(f"/proc/{pid}/stat")
    is_child = stat.exists() and stat.read_text().rpartition(")")[2].split()[1] == str(postmaster)
    return pid if is_child else 0


def crash(shop: Running, chance: random.Random, whole: bool) -> int:  # noqa: FBT001  which of two crashes
    """Kill the postmaster, or one backend, after which all of them restart; returns 1."""
    if whole:
        strike.wait_back(shop, "postgres", strike.kill(shop, "postgres"))
        return 1
    deadline = time.monotonic() + HIT_SECONDS
    while not (pid := backend(shop, chance)):
        assert time.monotonic() < deadline, "nobody works for the shop"
        time.sleep(0.05)
    strike.end(pid)
    return 1


def test_never_a_lie(shop: Running, chance: random.Random, report: Report) -> None:
    crowd = Crowd(shop, chance)
    goods = crowd.pairs[0][1]
    hits: Counter[bool] = Counter()
    every = max(2, -(-CRASHES // MOST_WHOLE))
    away = 0.0
    with Customers(shop, crowd.log, chance) as customers:
        with crowd, Visitors(shop, "tidak-ada", goods, ("toko23",)) as visitors:
            for number in range(CRASHES):
                whole = number % every == 0
                time.sleep(chance.uniform(1.0, 3.0))
                hits[whole] += crash(shop, chance, whole)
                away = max(away, strike.wait_ready(shop))
        ended = time.time()
        customers.pay_all(SETTLE_SECONDS)
        at = truth.wait_settled(shop, [bought.code for bought in crowd.log.bought], SETTLE_SECONDS)
    assert hits == {True: -(-CRASHES // every), False: CRASHES - -(-CRASHES // every)}
    assert [seen for seen in visitors.seen if seen.status >= 500 and seen.status != 503] == []
    assert crowd.log.unanswered == 0
    assert visitors.unanswered == []
    figures = truth.hold(shop, crowd.log)
    assert figures["settled"] == figures["purchases"] >= 10
    report.say(
        "postgres",
        postmaster_kills=hits[True],
        backend_kills=hits[False],
        **figures,
        answers_503=crowd.log.statuses[503] + sum(seen.status == 503 for seen in visitors.seen),
        longest_away_s=away,
        all_settled_s=max(max(at.values()) - ended, 0.0),
    )
