"""Thousands of payments, their messages up to five times each, shuffled, some never: all settled once, by nobody's hand."""

from __future__ import annotations

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import httpx
import psycopg
import pytest

from tests.chaos import mass, truth
from tests.chaos.crowd import Crowd
from tests.chaos.report import Report
from tests.running import Running
from tests.sizes import size

pytestmark = pytest.mark.chaos

PAYMENTS = size("CHAOS_PAYMENTS", 1000, 10_000)
TEMPLATES = 6
CUSTOMERS = 4
SPREAD_SECONDS = 20.0
PATIENCE = 120.0 + PAYMENTS / 8  # a minute until the first question about a message that never came, and the work

LEFT = "SELECT count(*) FROM orders_purchase WHERE code = ANY(%s) AND status <> 'paid'"
WAITING = "SELECT count(*) FROM orders_callback WHERE state IN ('received', 'failed')"
ENTRIES = """
SELECT u.code, count(*), sum(p.amount) FROM orders_purchase u
JOIN orders_entry e ON e.purchase_id = u.id AND e.kind = 'settled'
JOIN orders_posting p ON p.entry_id = e.id JOIN orders_account a ON a.id = p.account_id AND a.kind = 'gateway'
WHERE u.code = ANY(%s) GROUP BY u.code
"""
TWICE = """
SELECT kind, ref, channel, count(*) FROM notices_notice WHERE left(ref, 11) = ANY(%s)
GROUP BY kind, ref, channel, user_id, email HAVING count(*) > 1
"""
BY_HAND = """
SELECT 'payment', y.id FROM orders_payment y JOIN orders_purchase u ON u.id = y.purchase_id
WHERE u.code = ANY(%(codes)s) AND y.status <> 'settled'
UNION ALL SELECT 'refund', r.id FROM orders_refund r JOIN orders_paymentattempt a ON a.id = r.attempt_id
WHERE left(a.code, 11) = ANY(%(codes)s)
UNION ALL SELECT 'message', c.id FROM orders_callback c WHERE c.state IN ('orphan', 'ignored')
    AND left(c.order_id, 11) = ANY(%(codes)s)
"""


def mood(chance: random.Random) -> dict[str, object]:
    """How the messages about one payment travel."""
    if chance.random() < 0.03:
        return {"drop": True}
    return {
        "duplicate": chance.randrange(5),
        "delay_s": round(chance.uniform(0, SPREAD_SECONDS), 2),
        "reorder": chance.random() < 0.3 or None,
        "corrupt_signature": chance.random() < 0.02 or None,
    }


def pay_all(shop: Running, due: list[mass.Due], chance: random.Random) -> tuple[dict[str, int], Counter[str]]:
    """Pay each once at the bank; returns the customers' own log of it, and how its messages were sent."""
    paid: dict[str, int] = {}
    told: Counter[str] = Counter()
    moods = [mood(chance) for _one in due]
    chance.shuffle(due)
    with httpx.Client(base_url=shop.simulator, timeout=60) as bank, ThreadPoolExecutor(CUSTOMERS) as customers:

        def pay(job: tuple[mass.Due, dict[str, object]]) -> None:
            one, how = job
            bank.post(f"/ctl/transactions/{one.attempt}/faults/", json=how).raise_for_status()
            bank.post(f"/ctl/transactions/{one.attempt}/pay/").raise_for_status()
            paid[one.code] = one.total

        list(customers.map(pay, zip(due, moods, strict=True)))
    for how in moods:
        told[
            "dropped" if "drop" in how else "broken" if how["corrupt_signature"] else f"copies {1 + int(str(how['duplicate']))}"
        ] += 1
    return paid, told


def wait_quiet(shop: Running, codes: list[str]) -> float:
    """Wait until everything is paid and every message understood; returns how long the last took."""
    begin = time.monotonic()
    left = waiting = -1
    while (left, waiting) != (0, 0):
        assert time.monotonic() < begin + PATIENCE, (
            f"{left} not settled, {waiting} messages wait; {truth.lost(shop, set(codes[:3]))}"
        )
        time.sleep(2)
        with suppress(psycopg.OperationalError):
            ((left,),), ((waiting,),) = truth.rows(shop, LEFT, codes), truth.rows(shop, WAITING)
    return time.monotonic() - begin


def test_a_storm_of_payments_is_settled_once_each(shop: Running, chance: random.Random, report: Report) -> None:
    crowd = Crowd(shop, chance, TEMPLATES)
    made = [buyer.buy(goods, "bca_va") for buyer, goods in crowd.pairs]
    codes = [one.code for one in made if one is not None]
    assert len(codes) == TEMPLATES
    due = mass.copy(shop, codes, -(-PAYMENTS // TEMPLATES))[:PAYMENTS]
    begin = time.monotonic()
    paid, told = pay_all(shop, due, chance)
    at_the_bank = time.monotonic() - begin
    after = wait_quiet(shop, list(paid))
    found = {code: (number, int(amount)) for code, number, amount in truth.rows(shop, ENTRIES, list(paid))}
    assert found == {code: (1, total) for code, total in paid.items()}, "what the bank took is not what the books say"
    assert truth.rows(shop, TWICE, list(paid)) == []
    with psycopg.connect(shop.database_url) as connection:
        assert connection.execute(BY_HAND, {"codes": list(paid)}).fetchall() == []
    books = shop.manage("check_books")
    assert (books.returncode, books.stdout) == (0, "")
    report.say(
        "storm", payments=len(paid), lost=0, doubled=0, by_hand=0, paid_in_s=at_the_bank, settled_after_s=after,
        a_second=len(paid) / (at_the_bank + after), **{name.replace(" ", "_"): number for name, number in sorted(told.items())},
    )  # fmt: skip
