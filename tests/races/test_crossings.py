"""Two sides decide at once: the rival acts exactly between asking and writing. Each with the guard taken off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bebeli.catalog.models import StockMovement
from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.orders import books, states
from bebeli.orders.actions import close_purchase
from bebeli.orders.actions import settle as settle_verbs
from bebeli.orders.actions.close_purchase import cancel_purchase, give_up_attempt
from bebeli.orders.flows import charge, reconcile
from bebeli.orders.flows import settle as settle_flow
from bebeli.orders.flows.settle import ask
from bebeli.orders.gateway.midtrans import Midtrans
from bebeli.orders.models import Entry, Order, PaymentAttempt, Purchase, Refund
from tests import world
from tests.conftest import Provider
from tests.races.crowd import all_at_once
from tests.races.guards import unlock

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def first(rival: Callable[[], object], then: Callable[..., Any]) -> Callable[..., Any]:
    """The rival acts, once, exactly before."""
    waiting = [rival]

    def act(*args: Any, **more: Any) -> Any:
        if waiting:
            waiting.pop()()
        return then(*args, **more)

    return act


def paid_at_the_bank(provider: Provider, stock: int = 3) -> tuple[Purchase, PaymentAttempt]:
    purchase = world.charged(world.user(), (world.variant(stock=stock), 1))
    attempt = world.attempt_of(purchase)
    provider.bank.pay(attempt.code)
    return purchase, attempt


def cancelled_before_it_settles(purchase: Purchase, attempt: PaymentAttempt, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(
        settle_flow, "settle", first(lambda: cancel_purchase(purchase.pk, purchase.buyer_id), settle_verbs.settle)
    )
    return ask(attempt)


def test_cancelled_between_the_truth_and_the_settling(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    purchase, attempt = paid_at_the_bank(provider)
    assert cancelled_before_it_settles(purchase, attempt, monkeypatch) == "unallocated"
    assert (Purchase.objects.get().status, Order.objects.get().status) == ("cancelled", "cancelled")
    assert Refund.objects.get().amount == purchase.total
    assert books.check() == []


def test_without_looking_again_a_cancelled_purchase_is_sold(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    purchase, attempt = paid_at_the_bank(provider)
    monkeypatch.setattr(settle_verbs, "can_still_be_had", lambda _scene: True)
    monkeypatch.setitem(states.MOVES, "settle", {"awaiting_payment": "paid", "cancelled": "paid"})
    assert cancelled_before_it_settles(purchase, attempt, monkeypatch) == "settled"
    assert Purchase.objects.get().status == "paid"
    assert not StockMovement.objects.filter(kind="sale").exists()  # sold, and nothing left the shelf


def test_settled_while_the_buyer_cancels(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    purchase, attempt = paid_at_the_bank(provider)
    monkeypatch.setattr(reconcile, "cancel_purchase", first(lambda: ask(attempt), cancel_purchase))
    monkeypatch.setattr(charge, "close_at_provider", lambda _attempt: "unknown")
    with pytest.raises(Refused, match="purchase_not_open"):
        reconcile.cancel(purchase.pk, purchase.buyer_id)
    assert (Purchase.objects.get().status, Order.objects.get().status) == ("paid", "paid")
    assert not Refund.objects.exists()
    assert books.check() == []


def test_without_the_lock_the_cancel_covers_the_money(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    purchase, attempt = paid_at_the_bank(provider)
    unlock(monkeypatch)
    look = settle_verbs.lock_scene

    def looked_before_the_money(purchase_id: int) -> settle_verbs.Scene:
        scene = look(purchase_id)
        assert all_at_once(lambda _number: ask(attempt), [0], 1) == ["settled"]
        return scene

    monkeypatch.setattr(close_purchase, "lock_scene", looked_before_the_money)
    cancel_purchase(purchase.pk, purchase.buyer_id)
    assert Purchase.objects.get().status == "cancelled"
    assert Entry.objects.filter(kind="settled").count() == 1  # the money is in the books,
    assert not Refund.objects.exists()  # the goods are not sold, and nothing goes back


def test_paid_while_it_expires(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    purchase = world.charged(world.user(), (world.variant(stock=1), 1))
    attempt = world.attempt_of(purchase)
    monkeypatch.setattr(Midtrans, "expire", first(lambda: provider.bank.pay(attempt.code), Midtrans.expire))
    with clock.moved(timedelta(hours=25)):
        assert reconcile.expire_due() == 0
    assert (Purchase.objects.get().status, Order.objects.get().status) == ("paid", "paid")
    assert books.check() == []


def test_without_closing_at_the_provider_paid_purchases_expire(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    _purchase, attempt = paid_at_the_bank(provider, stock=1)
    monkeypatch.setattr(charge, "close_at_provider", lambda live: str(give_up_attempt(live.pk, "unasked").status))
    with clock.moved(timedelta(hours=25)):
        assert reconcile.expire_due() == 1
    assert Purchase.objects.get().status == "expired"
    assert provider.bank.transactions[attempt.code]["status"] == "settlement"


def money_after_the_last_piece_went(provider: Provider) -> tuple[str, Purchase]:
    """One piece: its first buyer lets the time pass, the second buys it, then the first one's money comes."""
    goods = world.variant(stock=1)
    late = world.charged(world.user(), (goods, 1))
    provider.bank.end(f"{late.code}-p1", "expire")
    with clock.moved(timedelta(hours=25)):
        assert reconcile.expire_due() == 1
    provider.settle(world.charged(world.user(), (goods, 1)))
    provider.bank.transactions[f"{late.code}-p1"]["status"] = "settlement"
    outcome = ask(world.attempt_of(late))
    late.refresh_from_db()
    return outcome, late


def test_money_after_expiry_for_what_is_gone_goes_back(provider: Provider) -> None:
    outcome, late = money_after_the_last_piece_went(provider)
    assert (outcome, late.status) == ("unallocated", "expired")
    assert Refund.objects.get().amount == late.total
    assert books.check() == []


def test_without_holding_again_one_piece_is_sold_twice(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle_verbs, "can_still_be_had", lambda _scene: True)
    outcome, late = money_after_the_last_piece_went(provider)
    assert (outcome, late.status) == ("settled", "paid")
    assert Order.objects.filter(status="paid").count() == 2
    assert StockMovement.objects.filter(kind="sale").count() == 1
