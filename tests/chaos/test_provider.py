"""The provider answers 429, 500, not at all, loses its reply, or dies in the middle of a checkout."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

import httpx
import pytest

from tests.chaos import strike, truth
from tests.chaos.crowd import Acknowledged, Buyer, Goods, Log
from tests.chaos.report import Report
from tests.chaos.visitors import token_of
from tests.running import PASSWORD, Running

pytestmark = pytest.mark.chaos

LATER_SECONDS = 150.0  # the sweeper waits a minute after a charge that failed
SETTLE_SECONDS = 90.0  # a minute until the first question, a quarter until the tick, and the work
ATTEMPT = "SELECT status FROM orders_paymentattempt WHERE code = %s"


@contextmanager
def dying(shop: Running) -> Generator[None, None, None]:
    """Kill the provider whenever it stands up."""
    over = threading.Event()

    def go() -> None:
        while not over.is_set():
            strike.kill(shop, "simulator")
            over.wait(0.01)

    thread = threading.Thread(target=go)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def pay_another_way(shop: Running, account: str, code: str) -> None:
    """Ask for another number on the purchase's page."""
    with httpx.Client(base_url=shop.web, timeout=20) as client:
        client.get("/masuk/")
        client.post("/masuk/", data={**token_of(client), "login": f"{account}@example.com", "password": PASSWORD})
        answer = client.post(f"/pembelian/{code}/bayar/", data={**token_of(client), "bayar": "qris"})
        assert answer.status_code == httpx.codes.FOUND, answer.text[:300]


def wait_pending(shop: Running, attempts: list[str]) -> None:
    """Wait until the sweeper has charged what the door could not."""
    deadline = time.monotonic() + LATER_SECONDS
    while {truth.rows(shop, ATTEMPT, code)[0][0] for code in attempts} != {"pending"}:
        assert time.monotonic() < deadline, [truth.rows(shop, ATTEMPT, code) for code in attempts]
        time.sleep(0.5)


def bought(buyer: Buyer, goods: Goods) -> Acknowledged:
    made = buyer.buy(goods, "bca_va")
    assert made is not None
    return made


def test_charges_that_failed_at_the_door_are_made_later_and_once(shop: Running, chance: random.Random, report: Report) -> None:
    log = Log()
    buyer = Buyer(shop, "toko24", log, chance)
    goods = Buyer(shop, "toko25", Log(), chance).own_goods()
    troubled = []
    for knobs in ({"lose_reply": True}, {"status_answer": 429}, {"status_answer": 500}, {"status_answer": "timeout"}):
        made = bought(buyer, goods)
        shop.faults(f"{made.code}-p2", **knobs)
        pay_another_way(shop, "toko24", made.code)
        troubled.append(f"{made.code}-p2")
    assert {truth.rows(shop, ATTEMPT, code)[0][0] for code in troubled} == {"created"}
    with dying(shop):
        during = bought(buyer, goods)
        assert truth.rows(shop, ATTEMPT, f"{during.code}-p1") == [("created",)]
    begin = time.monotonic()
    strike.wait_alive(f"{shop.simulator}/ctl/transactions/")
    for code in troubled[1:]:
        shop.faults(code, status_answer=None)
    attempts = [*troubled, f"{during.code}-p1"]
    wait_pending(shop, attempts)
    charged = time.monotonic() - begin
    for code in attempts:
        shop.pay(code)
    truth.wait_settled(shop, [made.code for made in log.bought], SETTLE_SECONDS)
    known = [tx["order_id"] for tx in httpx.get(f"{shop.simulator}/ctl/transactions/", timeout=20).json()["results"]]
    assert [known.count(code) for code in attempts] == [1] * len(attempts)
    assert log.faults == []
    books = shop.manage("check_books")
    assert (books.returncode, books.stdout) == (0, "")
    report.say("provider at the charge", charges=len(attempts), charged_twice=0, lost=0, all_charged_s=charged)


def test_a_truth_that_cannot_be_asked_is_asked_again(shop: Running, chance: random.Random, report: Report) -> None:
    log = Log()
    buyer = Buyer(shop, "toko26", log, chance)
    goods = Buyer(shop, "toko27", Log(), chance).own_goods()
    answers = (429, 500, "timeout", 404)
    for answer in answers:
        made = bought(buyer, goods)
        shop.faults(f"{made.code}-p1", status_answer=answer)
        shop.pay(f"{made.code}-p1")
    time.sleep(10)
    codes = [made.code for made in log.bought]
    assert truth.rows(shop, truth.SETTLED, codes) == []
    for code in codes:
        shop.faults(f"{code}-p1", status_answer=None)
    begin = time.time()
    at = truth.wait_settled(shop, codes, SETTLE_SECONDS)
    figures = truth.hold(shop, log)
    report.say("provider at the status", faults=len(answers), **figures, all_settled_s=max(at.values()) - begin)
