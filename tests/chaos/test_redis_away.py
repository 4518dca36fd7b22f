"""While Valkey is dead or deaf nobody sees an error or waits: sessions, stock and money live in Postgres."""

from __future__ import annotations

import random
import time
from collections import Counter

import pytest

from tests.chaos import strike, truth
from tests.chaos.crowd import Buyer, Log
from tests.chaos.report import Report
from tests.chaos.visitors import Visitors
from tests.running import Running

pytestmark = pytest.mark.chaos

FREEZES, KILLS = 3, 4
CALM_SECONDS = 15.0
PATIENCE = 4.0
MUST_WORK = {
    "POST /masuk/": 302,
    "POST /keranjang/tambah/": 302,
    "POST /checkout/": 302,
    "POST /api/v1/auth/login/": 200,
    "POST /api/v1/purchases/": 201,
    "GET /": 200,
    "GET /cari/": 200,
    "GET /keranjang/": 200,
}


SLUG = "SELECT p.slug FROM catalog_product p JOIN catalog_variant v ON v.product_id = p.id WHERE v.sku = %s"


def test_nobody_notices_that_it_is_gone(shop: Running, chance: random.Random, report: Report) -> None:
    goods = Buyer(shop, "toko20", Log(), chance).own_goods()
    ((slug,),) = truth.rows(shop, SLUG, goods.sku)
    who = ("pembeli", "toko21", "toko22")
    with Visitors(shop, slug, goods, who) as calm:
        time.sleep(CALM_SECONDS)
    usual = max(seen.seconds for seen in calm.seen)
    with Visitors(shop, slug, goods, who) as visitors:
        for _freeze in range(FREEZES):
            with strike.frozen(shop, "valkey"):
                time.sleep(chance.uniform(5.0, 8.0))
            time.sleep(chance.uniform(0.5, 1.5))
        for _kill in range(KILLS):
            strike.wait_back(shop, "valkey", strike.kill(shop, "valkey"))
            time.sleep(chance.uniform(0.2, 1.0))
    assert visitors.unanswered == []
    limit = max(PATIENCE, 2 * usual)  # a machine that is slow by itself says nothing about the bell
    bad = [seen for seen in visitors.seen if seen.status >= 500 or seen.seconds > limit]
    assert bad == [], f"calm: {usual:.1f} s; {bad}"
    worked = Counter((seen.what, seen.status) for seen in visitors.seen)
    for what in MUST_WORK.items():
        assert worked[what] >= 3, (what, worked)
    slowest = max(seen.seconds for seen in visitors.seen)
    report.say(
        "valkey away",
        freezes=FREEZES,
        kills=KILLS,
        answers=len(visitors.seen),
        errors=0,
        slowest_s=slowest,
        slowest_in_calm_s=usual,
    )
    books = shop.manage("check_books")
    assert (books.returncode, books.stdout) == (0, "")
