"""The twins of test_callbacks: each guard of the provider's door taken off, and what then happens."""

from __future__ import annotations

from collections import Counter

import pytest

from bebeli.orders import books, callbacks
from bebeli.orders.flows.settle import ask
from bebeli.orders.gateway.types import Truth
from bebeli.orders.models import AttemptEvent, Callback, Entry, Payment
from tests import world
from tests.conftest import Provider
from tests.races.crowd import all_at_once
from tests.races.guards import believe
from tests.races.test_callbacks import body_of, post, sweep_until_quiet

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_without_counting_copies_the_provider_is_told_to_come_back(
    shop: str, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callbacks, "STORE", callbacks.STORE.partition("ON CONFLICT")[0] + "RETURNING id, state")
    purchase = world.charged(world.user(), (world.variant(), 1))
    raw = body_of(provider, purchase)
    assert Counter(all_at_once(lambda _number: post(shop, raw), range(50), 25)) == {200: 1, 503: 49}
    assert Callback.objects.get().seen == 1


def test_without_the_signature_anybody_makes_us_look(shop: str, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callbacks, "is_signed", lambda _body, _key: True)
    purchase = world.charged(world.user(), (world.variant(), 1))
    provider.bank.pay(f"{purchase.code}-p1")
    assert post(shop, body_of(provider, purchase, corrupt_signature=True)) == 200
    sweep_until_quiet()
    assert (Payment.objects.get().status, Callback.objects.get().state) == ("settled", "processed")


def hear_old_news(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str, int]:
    """After the settlement the provider's own answer lags behind."""
    purchase = world.charged(world.user(), (world.variant(), 1))
    provider.settle(purchase)
    attempt = world.attempt_of(purchase)
    before = AttemptEvent.objects.count()
    believe(monkeypatch, status="pending", status_code="201")
    outcome = ask(attempt)
    attempt.refresh_from_db()
    return outcome, attempt.provider_status, AttemptEvent.objects.count() - before


def test_old_news_from_the_provider_itself_changes_nothing(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    assert hear_old_news(provider, monkeypatch) == ("nothing", "settlement", 0)


def test_without_ranks_old_news_covers_the_settlement(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Truth, "rank", property(lambda truth: 50 if truth.status == "settlement" else 55))
    assert hear_old_news(provider, monkeypatch) == ("noted", "pending", 1)


def pay_one_rupiah(shop: str, provider: Provider) -> int:
    """The bank holds one rupiah under our code; returns what the purchase cost."""
    purchase = world.charged(world.user(), (world.variant(), 1))
    provider.bank.pay(f"{purchase.code}-p1")
    provider.bank.transactions[f"{purchase.code}-p1"]["gross_amount"] = 1
    assert post(shop, body_of(provider, purchase)) == 200
    return purchase.total


def test_another_amount_at_the_bank_moves_no_goods(shop: str, provider: Provider) -> None:
    pay_one_rupiah(shop, provider)
    sweep_until_quiet()
    assert Payment.objects.get().status == "suspect"
    assert not Entry.objects.exists()
    assert books.check() == []


def test_without_comparing_amounts_one_rupiah_pays(shop: str, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    total = pay_one_rupiah(shop, provider)
    believe(monkeypatch, amount=total)
    sweep_until_quiet()
    assert Payment.objects.get().status == "settled"
    assert Entry.objects.get().postings.filter(amount=total).exists()
