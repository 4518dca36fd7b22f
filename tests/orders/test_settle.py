"""Money comes in: in time, late, twice, wrong, and taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bebeli.catalog.models import StockMovement
from bebeli.kit import clock
from bebeli.notices.models import Notice
from bebeli.orders import books
from bebeli.orders.actions.close_purchase import cancel_purchase
from bebeli.orders.flows import charge, reconcile
from bebeli.orders.flows.settle import ask
from bebeli.orders.models import Entry, Order, Payment, Posting, Purchase, Refund
from tests import world
from tests.conftest import Provider

pytestmark = pytest.mark.django_db


def test_paid_in_time(provider: Provider) -> None:
    goods = world.variant(stock=5)
    purchase = world.charged(world.user(), (goods, 2))
    assert world.attempt_of(purchase).va_number
    assert provider.settle(purchase) == "settled"
    purchase.refresh_from_db()
    order = world.orders_of(purchase)[0]
    assert (purchase.status, purchase.payment.status, order.status) == ("paid", "settled", "paid")
    goods.refresh_from_db()
    assert (goods.on_hand, goods.reserved) == (3, 0)
    assert StockMovement.objects.filter(ref=order.code, kind="sale").count() == 1
    assert dict(Posting.objects.values_list("account__kind", "amount")) == {
        "gateway": purchase.total,
        "escrow": -purchase.total,
    }
    assert Notice.objects.filter(kind="orders.new", ref=order.code).count() == 2
    assert books.check() == []


def test_the_same_truth_again_moves_nothing(provider: Provider) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1))
    provider.settle(purchase)
    assert ask(world.attempt_of(purchase)) == "nothing"
    assert Entry.objects.count() == 1


def test_late_money_revives_when_stock_is_there(provider: Provider) -> None:
    goods = world.variant(stock=5)
    purchase = world.charged(world.user(), (goods, 2))
    provider.bank.end(world.attempt_of(purchase).code, "expire")
    with clock.moved(timedelta(hours=25)):
        assert reconcile.expire_due() == 1
    provider.bank.transactions[world.attempt_of(purchase).code]["status"] = "settlement"
    assert ask(world.attempt_of(purchase)) == "settled"
    purchase.refresh_from_db()
    assert purchase.status == "paid"
    assert books.check() == []


def test_late_money_goes_back_when_the_stock_is_gone(provider: Provider) -> None:
    goods = world.variant(stock=2)
    purchase = world.charged(world.user(), (goods, 2))
    provider.bank.end(world.attempt_of(purchase).code, "expire")
    with clock.moved(timedelta(hours=25)):
        reconcile.expire_due()
    provider.settle(world.charged(world.user(), (goods, 2)))
    provider.bank.transactions[f"{purchase.code}-p1"]["status"] = "settlement"
    assert ask(world.attempt_of(purchase)) == "unallocated"
    purchase.refresh_from_db()
    assert purchase.status == "expired"
    refund = Refund.objects.get(attempt=world.attempt_of(purchase))
    assert (refund.amount, refund.channel, refund.order_id) == (purchase.total, "bank", None)
    assert Notice.objects.filter(kind="orders.late_money").exists()
    assert books.check() == []


def test_money_after_the_buyer_cancelled_goes_back(provider: Provider) -> None:
    goods = world.variant(stock=5)
    buyer = world.user()
    purchase = world.charged(buyer, (goods, 1), method="qris")
    cancel_purchase(purchase.pk, buyer.pk)
    assert provider.settle(purchase) == "unallocated"
    goods.refresh_from_db()
    assert (goods.on_hand, goods.reserved) == (5, 0)
    assert Refund.objects.get().channel == "provider"
    assert books.check() == []


def test_a_second_success_goes_back(provider: Provider) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1))
    first = world.attempt_of(purchase)
    provider.bank.set_faults(first.code, {"status_answer": "500"})
    charge.pay_another_way(purchase.pk, "qris")
    provider.bank.set_faults(first.code, {"status_answer": None})
    second = world.attempt_of(purchase)
    assert second.code == f"{purchase.code}-p2"
    assert provider.settle(purchase) == "settled"
    provider.bank.pay(first.code)
    assert ask(first) == "unallocated"
    assert Purchase.objects.get().status == "paid"
    assert books.check() == []


@pytest.mark.parametrize("knob", [{"gross_amount": 1}, {"merchant_id": "G000"}])
def test_another_amount_or_merchant_is_suspect(provider: Provider, knob: dict[str, object]) -> None:
    goods = world.variant()
    purchase = world.charged(world.user(), (goods, 1))
    attempt = world.attempt_of(purchase)
    provider.bank.pay(attempt.code)
    if "gross_amount" in knob:
        provider.bank.transactions[attempt.code]["gross_amount"] = 1
    else:
        provider.bank.merchant_id = "G000"
    assert ask(attempt) == "suspect"
    assert Payment.objects.get().status == "suspect"
    assert Order.objects.get().status == "awaiting_payment"
    assert not Entry.objects.exists()
    goods.refresh_from_db()
    assert goods.reserved == 1


def test_a_reversal_holds_open_orders_and_negates_exactly(provider: Provider) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1), method="permata_va")
    provider.settle(purchase)
    attempt = world.attempt_of(purchase)
    provider.bank.take_back(attempt.code, "deny")
    assert ask(attempt) == "reversed"
    assert Order.objects.get().status == "held"
    assert Payment.objects.get().status == "reversed"
    assert Entry.objects.filter(reverses__isnull=False).count() == 1
    assert books.check() == []


def test_unpaid_expires_only_after_the_provider_is_dead(provider: Provider) -> None:
    goods = world.variant(stock=4)
    purchase = world.charged(world.user(), (goods, 3))
    attempt = world.attempt_of(purchase)
    provider.bank.set_faults(attempt.code, {"status_answer": "500"})
    with clock.moved(timedelta(hours=25)):
        assert reconcile.expire_due() == 0
        provider.bank.set_faults(attempt.code, {"status_answer": None})
        assert reconcile.expire_due() == 1
    purchase.refresh_from_db()
    goods.refresh_from_db()
    assert (purchase.status, goods.on_hand, goods.reserved) == ("expired", 4, 0)
    assert provider.bank.find(attempt.code)["status"] == "expire"


def test_a_lost_charge_reply_is_found_again(provider: Provider) -> None:
    purchase = world.placed(world.user(), (world.variant(), 1))
    attempt = world.attempt_of(purchase)
    provider.bank.set_faults(attempt.code, {"lose_reply": True})
    charge.charge_purchase(purchase)
    assert world.attempt_of(purchase).status == "created"
    with clock.moved(timedelta(minutes=5)):
        assert charge.sweep() == 1
    assert world.attempt_of(purchase).va_number
    assert len(provider.bank.transactions) == 1


def test_provider_down_leaves_a_created_payment(settings: object) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1))
    assert Payment.objects.get().status == "created"
    assert Purchase.objects.get(pk=purchase.pk).status == "awaiting_payment"
