"""Forged, broken, huge, deep, repeated and mistaken messages: refused plainly, without effect, in bounded room."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from bebeli.orders import books, callbacks
from bebeli.orders.flows import payout as payout_flow
from bebeli.orders.flows import settle as settle_flow
from bebeli.orders.models import AttemptEvent, Callback, Entry, Payment, PaymentAttempt, Payout
from tests import payees, world
from tests.conftest import KEY, Provider
from tests.messages import rubbish
from tests.messages.rubbish import Rubbish

pytestmark = pytest.mark.django_db

PAYMENTS, PAYOUTS = "/pay/midtrans/notify", "/pay/iris/notify"


def send(door: str, one: Rubbish) -> int:
    headers = {"Content-Type": "application/json", **one.headers}
    kind = headers.pop("Content-Type")
    return Client(raise_request_exception=False).post(door, one.raw, content_type=kind, headers=headers).status_code


def wrong_answers(door: str, corpus: list[Rubbish]) -> list[tuple[str, int]]:
    answered = [(one.name, send(door, one), one.right) for one in corpus]
    return [(name, status) for name, status, right in answered if status not in right]


def everything() -> list[Any]:
    """The money and the payments, as they stand."""
    return [
        list(Payment.objects.order_by("pk").values_list("pk", "status")),
        list(PaymentAttempt.objects.order_by("pk").values_list("pk", "status", "rank", "provider_status", "error")),
        list(Payout.objects.order_by("pk").values_list("pk", "state")),
        Entry.objects.count(),
        AttemptEvent.objects.count(),
    ]


def test_the_corpus_is_large_and_each_body_has_its_own_name() -> None:
    corpus = rubbish.of_payments("BB-AAAAAAAA-p1", KEY)
    assert len(corpus) >= 200
    assert max(Counter(one.name for one in corpus).values()) == 1


def test_rubbish_about_payments_is_answered_rightly_and_changes_nothing(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callbacks, "BAD_SIGNATURES_A_MINUTE", 100_000)  # all of it is stored: what may it do there?
    purchase = world.charged(world.user(), (world.variant(), 1))
    corpus = rubbish.of_payments(f"{purchase.code}-p1", KEY)
    before = everything()
    assert wrong_answers(PAYMENTS, corpus) == []
    for _round in range(200):
        if not settle_flow.sweep():
            break
    assert everything() == before  # the provider says that nobody has paid yet
    assert Callback.objects.filter(is_signed=False).exclude(state="rejected").count() == 0
    assert Callback.objects.filter(is_signed=True).count() >= sum(one.is_signed for one in corpus) - 5
    assert books.check() == []


def test_rubbish_about_payouts_is_answered_rightly_and_changes_nothing(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callbacks, "BAD_SIGNATURES_A_MINUTE", 100_000)
    payout_flow.send(payees.approved(payees.payout()).pk)
    before = everything()
    assert wrong_answers(PAYOUTS, rubbish.of_payouts(settings.IRIS_MERCHANT_KEY)) == []
    for _round in range(200):
        if not payout_flow.sweep_callbacks():
            break
    assert everything() == before
    assert books.check() == []


def test_rubbish_takes_bounded_room(provider: Provider) -> None:
    corpus = rubbish.of_payments("BB-TIDAKADA-p1", KEY)
    for one in corpus:
        if not one.is_signed:
            send(PAYMENTS, one)
    assert Callback.objects.count() <= 2 * callbacks.BAD_SIGNATURES_A_MINUTE + 30  # a minute may turn; some coats are honest
    assert all(len(bytes(raw)) <= callbacks.MAX_BYTES for raw in Callback.objects.values_list("raw", flat=True))


def test_a_message_that_is_played_again_is_one_row(provider: Provider) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1))
    raw = rubbish.written(rubbish.body(f"{purchase.code}-p1", KEY))
    assert {send(PAYMENTS, Rubbish("again", raw)) for _time in range(50)} == {200}
    assert Callback.objects.get().seen == 50
