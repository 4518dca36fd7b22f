"""The provider's messages: fifty copies at once, out of order, forged, for another amount, after expiry, against cancel."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.orders import books
from bebeli.orders.actions.cancel_order import cancel_order
from bebeli.orders.actions.close_purchase import cancel_purchase
from bebeli.orders.flows import reconcile
from bebeli.orders.flows import settle as settle_flow
from bebeli.orders.flows.settle import ask
from bebeli.orders.models import Callback, Entry, Order, Payment, Purchase, Refund
from simulator import bodies
from tests import world
from tests.conftest import KEY, MERCHANT, Provider
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def body_of(provider: Provider, purchase: Purchase, **faults: Any) -> bytes:
    tx = provider.bank.transactions[f"{purchase.code}-p1"]
    return json.dumps(bodies.notification(tx, MERCHANT, KEY, faults)).encode()


def post(shop: str, raw: bytes) -> int:
    return httpx.post(f"{shop}/pay/midtrans/notify", content=raw, headers={"Content-Type": "application/json"}).status_code


def sweep_until_quiet() -> None:
    while settle_flow.sweep():
        pass


def test_fifty_copies_settle_once(shop: str, provider: Provider) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1))
    provider.bank.pay(f"{purchase.code}-p1")
    raw = body_of(provider, purchase)
    assert set(all_at_once(lambda _number: post(shop, raw), range(50), 25)) == {200}
    callback = Callback.objects.get()
    assert callback.seen == 50
    all_at_once(lambda _number: settle_flow.understand(callback.pk), range(12), 12)
    assert Entry.objects.filter(kind="settled").count() == 1
    assert Callback.objects.get().state == "processed"
    assert books.check() == []


def test_settling_at_once_from_many_sides_posts_once(provider: Provider) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1))
    provider.bank.pay(f"{purchase.code}-p1")
    attempt = world.attempt_of(purchase)
    outcomes = all_at_once(lambda _number: ask(attempt), range(16), 16)
    assert sorted(outcomes) == ["nothing"] * 15 + ["settled"]
    assert books.check() == []


def test_without_the_lock_the_books_refuse_the_second(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the row locks off, many sides see the same old state; only the unique business key still stands."""
    purchase = world.charged(world.user(), (world.variant(), 1))
    provider.bank.pay(f"{purchase.code}-p1")
    attempt = world.attempt_of(purchase)

    def unlocked(_self: object, model: type[Any], condition: object) -> list[Any]:
        return list(model.objects.filter(condition).order_by("pk"))

    monkeypatch.setattr(Locks, "where", unlocked)

    def try_once(_number: int) -> str:
        try:
            return ask(attempt)
        except Exception as error:  # noqa: BLE001  whatever breaks is what this test is about
            return type(error).__name__

    outcomes = all_at_once(try_once, range(16), 16)
    assert "IntegrityError" in outcomes
    assert Entry.objects.filter(kind="settled").count() == 1


def test_out_of_order_and_old_news_change_nothing(shop: str, provider: Provider) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1))
    pending = body_of(provider, purchase)
    provider.bank.pay(f"{purchase.code}-p1")
    assert post(shop, body_of(provider, purchase)) == 200
    sweep_until_quiet()
    assert post(shop, pending) == 200
    sweep_until_quiet()
    assert Payment.objects.get().status == "settled"
    assert set(Callback.objects.values_list("state", flat=True)) == {"processed"}


def test_forged_messages_have_no_effect(shop: str, provider: Provider) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1))
    provider.bank.pay(f"{purchase.code}-p1")
    assert post(shop, body_of(provider, purchase, corrupt_signature=True)) == 403
    sweep_until_quiet()
    assert Payment.objects.get().status == "pending"
    assert Callback.objects.get().state == "rejected"
    assert books.check() == []


def test_a_claim_the_provider_does_not_confirm_is_put_off(shop: str, provider: Provider) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1))
    tx = dict(provider.bank.transactions[f"{purchase.code}-p1"], status="settlement")
    assert post(shop, json.dumps(bodies.notification(tx, MERCHANT, KEY, {})).encode()) == 200
    settle_flow.sweep()
    assert Callback.objects.get().state == "failed"
    assert Payment.objects.get().status == "pending"
    with clock.moved(timedelta(minutes=11)):
        settle_flow.sweep()
    assert Callback.objects.get().state == "ignored"


def test_another_amount_in_the_message_alone_does_not_matter_the_truth_does(shop: str, provider: Provider) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1))
    provider.bank.pay(f"{purchase.code}-p1")
    assert post(shop, body_of(provider, purchase, gross_amount=1)) == 200
    sweep_until_quiet()
    assert Payment.objects.get().status == "settled"
    assert Entry.objects.get().postings.filter(amount=purchase.total).exists()


def test_after_expiry_money_revives_or_goes_back(shop: str, provider: Provider) -> None:
    purchase = world.charged(world.user(), (world.variant(stock=1), 1))
    provider.bank.end(f"{purchase.code}-p1", "expire")
    with clock.moved(timedelta(hours=25)):
        reconcile.expire_due()
    provider.bank.transactions[f"{purchase.code}-p1"]["status"] = "settlement"
    assert post(shop, body_of(provider, purchase)) == 200
    sweep_until_quiet()
    assert Purchase.objects.get().status == "paid"
    assert books.check() == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff\xfe", b"null", b'{"order_id": 7}', b"[" * 60_000])
def test_rubbish_is_refused_quietly(shop: str, body: bytes) -> None:
    assert post(shop, body) in {400, 403}
    assert not Callback.objects.filter(is_signed=True).exists()


def test_a_body_over_the_cap_is_refused(shop: str) -> None:
    assert post(shop, b'{"a": "' + b"x" * 70_000 + b'"}') == 413
    assert not Callback.objects.exists()


def test_cancel_against_settle_always_ends_in_one_truth(provider: Provider) -> None:
    buyers = [world.user() for _number in range(12)]
    goods = world.variant(stock=100)
    purchases = [world.charged(buyer, (goods, 1), method="qris") for buyer in buyers]
    for purchase in purchases:
        provider.bank.pay(f"{purchase.code}-p1")
    jobs = [(purchase, side) for purchase in purchases for side in ("settle", "cancel")]

    def act(job: tuple[Purchase, str]) -> None:
        purchase, side = job
        try:
            if side == "settle":
                ask(world.attempt_of(purchase))
            else:
                cancel_purchase(purchase.pk, purchase.buyer_id)
        except Refused:
            return

    all_at_once(act, jobs, 12)
    for purchase in Purchase.objects.all():
        order = Order.objects.get(purchase=purchase)
        assert (purchase.status, order.status) in {("paid", "paid"), ("cancelled", "cancelled")}
        is_returned = Refund.objects.filter(attempt__payment__purchase=purchase).exists()
        assert is_returned == (purchase.status == "cancelled")
    assert books.check() == []


def test_a_paid_order_cancelled_by_both_sides_is_refunded_once(provider: Provider) -> None:
    buyer = world.user()
    purchase = world.charged(buyer, (world.variant(stock=3), 1))
    provider.settle(purchase)
    order = Order.objects.get()
    all_at_once(lambda _number: cancel_order(order.pk, buyer.pk, ""), range(10), 10)
    assert Refund.objects.count() == 1
    assert books.check() == []
