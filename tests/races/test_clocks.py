"""Web, worker and provider are ten minutes apart: nothing is lost, doubled, or ended though paid; nobody's hand is needed."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bebeli.kit import clock, locks
from bebeli.orders import books
from bebeli.orders.actions.close_purchase import give_up_attempt
from bebeli.orders.flows import charge, documents, reconcile
from bebeli.orders.flows import settle as settle_flow
from bebeli.orders.models import Callback, Entry, PaymentAttempt, Purchase
from simulator import bodies
from simulator.bank import TIME, WIB
from tests import world
from tests.conftest import KEY, MERCHANT, Provider

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

OFF = timedelta(minutes=10)
RIGHT = timedelta(0)
APART = [
    pytest.param(OFF, -OFF, RIGHT, id="web ahead, worker behind"),
    pytest.param(-OFF, OFF, RIGHT, id="web behind, worker ahead"),
    pytest.param(RIGHT, RIGHT, OFF, id="provider ahead"),
    pytest.param(RIGHT, RIGHT, -OFF, id="provider behind"),
]
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def bought(web: timedelta) -> Purchase:
    """A purchase placed and charged by a web process with its own idea of the time."""
    with clock.moved(web):
        return world.charged(world.user(), (world.variant(), 1))


def told(provider: Provider, purchase: Purchase, web: timedelta, **claimed: str) -> int:
    """The provider's message comes to that web process; returns the row's id."""
    tx = {**provider.bank.transactions[f"{purchase.code}-p1"], **claimed}
    raw = json.dumps(bodies.notification(tx, MERCHANT, KEY, {}))
    with clock.moved(web):
        assert Client().post("/pay/midtrans/notify", raw, "application/json").status_code == 200
    return Callback.objects.latest("pk").pk


def settled_once(purchase: Purchase) -> bool:
    purchase.refresh_from_db()
    return purchase.status == "paid" and Entry.objects.filter(purchase=purchase, kind="settled").count() == 1


@pytest.mark.parametrize(("web", "worker", "bank"), APART)
def test_money_arrives_by_message_and_without_one(provider: Provider, web: timedelta, worker: timedelta, bank: timedelta) -> None:
    provider.bank.advance(bank.total_seconds())
    rung, unrung, silent, early = (bought(web) for _each in range(4))
    claim = told(provider, early, web, status="settlement")  # the provider itself does not know of it yet
    with clock.moved(worker):
        settle_flow.understand(claim)
    for purchase in (rung, unrung, silent, early):
        provider.bank.pay(f"{purchase.code}-p1")
    by_bell = told(provider, rung, web)
    told(provider, unrung, web)
    with clock.moved(worker):
        settle_flow.understand(by_bell)
        assert settled_once(rung)  # at once, whoever's clock is right
    with clock.moved(worker + 2 * OFF + timedelta(minutes=2)):  # what has no bell waits for as long as the two are apart
        while settle_flow.sweep():
            pass
        while reconcile.reconcile():
            pass
    assert [settled_once(purchase) for purchase in (unrung, silent, early)] == [True, True, True]
    assert not Callback.objects.filter(state__in=["received", "failed"]).exists()
    while documents.issue_due():
        pass
    assert books.check() == []


def paid_in_the_last_minute(provider: Provider, web: timedelta, worker: timedelta) -> tuple[Purchase, timedelta]:
    """Paid a minute before it ends, as the bank or the worker sees it, and nobody told us; returns how long it took."""
    paid = bought(web)
    elapsed = paid.payment.provider_until - worker + SECOND - timezone.now()
    ends = datetime.strptime(provider.bank.find(f"{paid.code}-p1")["expiry_time"], TIME).replace(tzinfo=WIB)
    window = ends - provider.bank.now()
    provider.bank.advance((min(window, elapsed) - MINUTE).total_seconds())
    provider.bank.pay(f"{paid.code}-p1")
    provider.bank.advance((elapsed - min(window, elapsed) + MINUTE).total_seconds())
    return paid, elapsed


@pytest.mark.parametrize(("web", "worker", "bank"), APART)
def test_what_was_paid_in_the_last_minute_is_not_ended(
    provider: Provider, web: timedelta, worker: timedelta, bank: timedelta
) -> None:
    provider.bank.advance(bank.total_seconds())
    unpaid = bought(web)
    paid, elapsed = paid_in_the_last_minute(provider, web, worker)
    with clock.moved(elapsed + worker):
        while reconcile.expire_due():
            pass
    unpaid.refresh_from_db()
    assert settled_once(paid)
    assert (unpaid.status, provider.bank.find(f"{unpaid.code}-p1")["status"]) == ("expired", "expire")
    while documents.issue_due():
        pass
    assert books.check() == []


def test_without_asking_first_it_is_ended(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    paid, elapsed = paid_in_the_last_minute(provider, -OFF, OFF)
    monkeypatch.setattr(charge, "close_at_provider", lambda live: str(give_up_attempt(live.pk, "unasked").status))
    with clock.moved(elapsed + OFF):
        reconcile.expire_due()
    paid.refresh_from_db()
    assert paid.status == "expired"


def test_a_lease_holds_against_a_worker_that_is_ahead(provider: Provider) -> None:
    bought(RIGHT)
    with clock.moved(OFF):
        assert len(locks.claim(PaymentAttempt.objects.all(), limit=10, seconds=60)) == 1
    for off in (OFF * 3, -OFF, RIGHT):
        with clock.moved(off):
            assert list(locks.claim(PaymentAttempt.objects.all(), limit=10, seconds=60)) == []
