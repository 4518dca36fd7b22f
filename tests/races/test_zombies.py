"""A worker is stopped in the middle of a call for longer than its lease; another one does its work; then the first goes on."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from bebeli.orders import books
from bebeli.orders.actions import settle as settle_verbs
from bebeli.orders.actions.cancel_order import cancel_order
from bebeli.orders.flows import charge, payout
from bebeli.orders.flows import refund as refund_flow
from bebeli.orders.flows import settle as settle_flow
from bebeli.orders.gateway.iris import Iris
from bebeli.orders.gateway.midtrans import Midtrans
from bebeli.orders.models import Callback, Entry, Order, PaymentAttempt, Payout, Purchase, Refund
from simulator import bodies
from tests import payees, world
from tests.conftest import KEY, MERCHANT, Provider
from tests.races.crowd import all_at_once
from tests.races.test_crossings import first

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

LEASED = (Callback, PaymentAttempt, Refund, Payout)


def rival(work: Callable[[], object]) -> Callable[[], None]:
    """Another worker: it comes when the stopped one's leases have run out, on connections of its own."""

    def act() -> None:
        for model in LEASED:
            model.objects.exclude(lease_until=None).update(lease_until=Now() - timedelta(seconds=1))
        all_at_once(lambda _number: work(), [0], 1)

    return act


def stopped_in(patch: pytest.MonkeyPatch, adapter: type[Any], call: str, work: Callable[[], object]) -> None:
    """The worker that makes this call is stopped before it, and goes on when the rival has worked."""
    patch.setattr(adapter, call, first(rival(work), getattr(adapter, call)))


def told(provider: Provider) -> Purchase:
    """A purchase paid at the bank whose message is stored."""
    purchase = world.charged(world.user(), (world.variant(), 1), method="qris")
    provider.bank.pay(f"{purchase.code}-p1")
    raw = json.dumps(bodies.notification(provider.bank.transactions[f"{purchase.code}-p1"], MERCHANT, KEY, {})).encode()
    Callback.objects.create(sha256="0" * 64, raw=raw, is_signed=True, order_id=f"{purchase.code}-p1", claimed_status="settlement")
    return purchase


def test_a_message_understood_twice_settles_once(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    purchase = told(provider)
    asked = Midtrans.status
    answers: list[Any] = []

    def stopped_with_the_answer(adapter: Midtrans, key: str) -> Any:
        answer = asked(adapter, key)
        if not answers:
            answers.append(answer)
            rival(settle_flow.sweep)()
        return answer

    monkeypatch.setattr(Midtrans, "status", stopped_with_the_answer)
    assert settle_flow.sweep() == 1
    assert Callback.objects.get().state == "processed"
    assert Entry.objects.filter(purchase=purchase).count() == 1
    assert books.check() == []


def test_without_ranks_the_one_that_goes_on_gives_good_money_back(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    told(provider)
    remember = settle_verbs.remember

    def forgetful(attempt: PaymentAttempt, truth: Any) -> None:
        remember(attempt, truth)
        attempt.rank = 0

    monkeypatch.setattr(settle_verbs, "remember", forgetful)
    monkeypatch.setattr(PaymentAttempt, "is_success", property(lambda _attempt: False))
    stopped_in(monkeypatch, Midtrans, "status", settle_flow.sweep)
    settle_flow.sweep()
    assert Purchase.objects.get().status == "paid"
    assert Refund.objects.exists()  # the goods are sold, and their money goes back


def called_off(provider: Provider) -> Refund:
    """A promise to give money back through the provider."""
    purchase = world.charged(world.user(), (world.variant(), 1), method="qris")
    provider.settle(purchase)
    cancel_order(Order.objects.get().pk, purchase.buyer_id, "")
    return Refund.objects.get()


def test_money_goes_back_once(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    refund = called_off(provider)
    stopped_in(monkeypatch, Midtrans, "refund", refund_flow.sweep)
    refund_flow.sweep()
    tx = provider.bank.find(refund.attempt.code)
    assert [(row["refund_key"], row["amount"]) for row in tx["refunds"]] == [(refund.key, refund.amount)]
    refund.refresh_from_db()
    assert refund.state == "sent"
    assert books.check() == []


def test_without_the_refund_s_own_key_it_goes_back_twice(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    refund = called_off(provider)
    half = refund.amount // 2  # the bank refuses more than there is, so each asks for a half
    send = Midtrans.refund
    monkeypatch.setattr(
        Midtrans, "refund", lambda adapter, key, _key, _amount, reason: send(adapter, key, uuid.uuid4().hex, half, reason)
    )
    monkeypatch.setattr(refund_flow, "_find", lambda _truth, _key: "")
    stopped_in(monkeypatch, Midtrans, "refund", refund_flow.sweep)
    refund_flow.sweep()
    assert len(provider.bank.find(refund.attempt.code)["refunds"]) == 2


def test_a_purchase_is_charged_once(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    purchase = world.placed(world.user(), (world.variant(), 1))
    PaymentAttempt.objects.update(ask_at=Now())
    stopped_in(monkeypatch, Midtrans, "charge", charge.sweep)
    charge.sweep()
    attempt = world.attempt_of(purchase)
    assert list(provider.bank.transactions) == [attempt.code]
    assert (attempt.status, attempt.transaction_id) == ("pending", provider.bank.find(attempt.code)["transaction_id"])


def test_a_payout_is_sent_once(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    one = payees.approved(payees.payout())
    stopped_in(monkeypatch, Iris, "create", payout.sweep)
    payout.sweep()
    assert len(provider.server.payouts.rows) == 1
    one.refresh_from_db()
    assert one.state == "sent"
    assert books.check() == []


def test_without_saying_first_that_it_goes_a_payout_is_sent_twice(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the note that it was begun nor the provider's own key: both workers send it."""
    payees.approved(payees.payout())
    monkeypatch.setattr(payout, "payout_going", lambda _pk: True)
    call = Iris._call  # noqa: SLF001  the wire itself
    monkeypatch.setattr(
        Iris,
        "_call",
        lambda self, key, method, path, body=None, _headers=None, **more: call(self, key, method, path, body, **more),
    )
    monkeypatch.setattr(payout, "payout_known", lambda _pk, _number: None)
    stopped_in(monkeypatch, Iris, "create", payout.sweep)
    payout.sweep()
    assert len(provider.server.payouts.rows) == 2
