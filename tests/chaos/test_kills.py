"""The worker, Valkey and the web are killed again and again while messages are stored and not yet understood.

Valkey forgets everything as well, between its deaths.
"""

from __future__ import annotations

import random
import time

import pytest

from tests.chaos import strike, truth
from tests.chaos.bank import Customers
from tests.chaos.crowd import Crowd
from tests.chaos.report import Report
from tests.running import Running
from tests.sizes import size

pytestmark = pytest.mark.chaos

KILLS = {
    "worker": size("CHAOS_WORKER_KILLS", 5, 20),
    "valkey": size("CHAOS_VALKEY_KILLS", 5, 10),
    "web": size("CHAOS_WEB_KILLS", 5, 20),
}
SETTLE_SECONDS = 90.0  # a minute until the first question, a quarter until the tick, and the work


@pytest.mark.parametrize("part", ["worker", "valkey", "web"])
def test_killed_in_the_callback_window(shop: Running, chance: random.Random, report: Report, part: str) -> None:
    in_window = forgotten = 0
    kills = KILLS[part]
    crowd = Crowd(shop, chance)
    with Customers(shop, crowd.log, chance) as customers:
        with crowd:
            for _kill in range(kills):
                truth.wait_at_work(shop, strike.BACK_SECONDS)
                time.sleep(chance.uniform(0.0, 2.0))
                in_window += truth.in_callback_window(shop, 30.0)
                time.sleep(chance.uniform(0.0, 0.05))
                gone = strike.kill(shop, part)
                strike.wait_back(shop, part, gone)
                strike.wait_ready(shop)
                if part == "valkey":
                    truth.in_callback_window(shop, 30.0)
                    forgotten += strike.forget_all(shop)
        ended = time.time()
        customers.pay_all(SETTLE_SECONDS)
        at = truth.wait_settled(shop, [bought.code for bought in crowd.log.bought], SETTLE_SECONDS)
    assert len(at) >= kills
    assert in_window >= kills - 1
    assert forgotten == (kills if part == "valkey" else 0)
    figures = truth.hold(shop, crowd.log)
    assert figures["settled"] == figures["purchases"]
    slowest = max(at[code] - customers.paid[code] for code in at)
    whole = max(max(at.values()) - ended, 0.0)
    report.say(part, kills=kills, flushed=forgotten, in_window=in_window, **figures, all_settled_s=whole, slowest_s=slowest)
    report.say(f"{part} answers", unanswered=crowd.log.unanswered, **{f"n{k}": v for k, v in sorted(crowd.log.statuses.items())})
    report.say(f"{part} messages", **customers.moods)
