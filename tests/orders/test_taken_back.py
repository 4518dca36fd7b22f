"""A bank takes a payment back: who hears of it, what the seller owes and why, and that the courier is paid."""

from __future__ import annotations

import pytest
from django.test import Client

from bebeli.notices.models import Notice
from bebeli.orders import books, ledger, story, taken_back
from bebeli.orders.actions.deliver import deliver
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.restore_payment import restore_payment
from bebeli.orders.actions.ship import ship
from bebeli.orders.flows import documents
from bebeli.orders.models import Order
from tests import payees, returning, world
from tests.orders.test_officer import take_back
from tests.orders.test_payout_pages import desk_of
from tests.orders.test_suspicion import balances

pytestmark = pytest.mark.django_db


def fresh(order: Order) -> Order:
    return Order.objects.select_related("purchase__payment", "seller").get(pk=order.pk)


def by_courier(*, until: str) -> Order:
    """An order whose parcel a courier has that BEBELI pays."""
    order = returning.order(pieces=1, price=60_000)
    Order.objects.filter(pk=order.pk).update(shipping_paid_by="platform")
    ship(order.pk, world.owner(order.seller), "JNE", "RESI12345")
    if until in {"delivered", "completed"}:
        deliver(order.pk, world.owner(order.seller))
    if until == "completed":
        receive(order.pk, order.purchase.buyer_id)
    return fresh(order)


def is_right() -> bool:
    documents.issue_due()
    return books.check() == []


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind, channel="email").values_list("user__email", flat=True))


def test_after_a_completed_order_its_owner_and_finance_hear_of_it() -> None:
    world.rates_today(commission=500, vat=1100)
    officer, order = world.finance(), returning.completed()
    earned = ledger.payable_of(order.seller_id)
    assert take_back(order) == "reversed"
    order = fresh(order)
    assert (order.status, taken_back.debt_of(order), ledger.debt_of(order.seller_id)) == ("completed", earned, earned)
    assert told("orders.taken_back") == {order.seller.members.get().user.email}
    assert told("orders.payment_taken_back") == {officer.email}
    seller, buyer = story.of_seller(order), story.of_buyer(order)
    assert ([line.amount for line in seller][-2:], buyer[-1].amount) == ([earned, -earned], -order.paid_by_buyer)
    assert "menjadi utang toko" in seller[-1].words
    assert is_right()
    shopper = Client()
    shopper.force_login(order.purchase.buyer)  # type: ignore[arg-type]  # somebody bought it
    assert "Bank Anda menarik kembali pembayaran" in shopper.get(f"/pesanan/{order.code}/").content.decode()
    page = desk_of(world.owner(order.seller)).get(f"/penjual/pesanan/{order.code}/uang/").content.decode()
    assert "menjadi utang toko" in page


def test_what_came_again_is_no_debt_any_more() -> None:
    order = returning.completed()
    take_back(order)
    restore_payment(order.pk, world.finance().pk, "bank mengembalikan")
    order = fresh(order)
    assert (taken_back.debt_of(order), ledger.debt_of(order.seller_id)) == (0, 0)
    assert told("orders.came_again") == {order.seller.members.get().user.email}
    assert not any(line.amount < 0 for line in story.of_buyer(order))
    assert is_right()


@pytest.mark.parametrize("until", ["shipped", "delivered", "completed"])
def test_the_courier_is_owed_whatever_the_bank_does(until: str) -> None:
    order = by_courier(until=until)
    take_back(order)
    order = fresh(order)
    assert balances()["shipping_payable"] == -order.shipping_price
    owed = order.total if until == "completed" else order.shipping_price
    assert (taken_back.debt_of(order), ledger.debt_of(order.seller_id)) == (owed, owed)
    assert story.of_seller(order)[-1].amount == -owed
    assert is_right()
    restore_payment(order.pk, world.finance().pk, "bank mengembalikan")
    if until != "completed":
        assert "shipping_payable" not in balances()
        if until == "shipped":
            deliver(order.pk, world.owner(order.seller))
        receive(order.pk, order.purchase.buyer_id)
    assert (balances()["shipping_payable"], ledger.debt_of(order.seller_id)) == (-order.shipping_price, 0)
    assert is_right()


def test_a_courier_paid_out_of_other_earnings_is_given_back_when_the_money_comes_again() -> None:
    order = by_courier(until="shipped")
    take_back(order)
    returning.completed(stall=order.seller)
    payees.payout(order.seller, bank="111")
    assert ledger.debt_of(order.seller_id) == 0
    before = ledger.payable_of(order.seller_id)
    restore_payment(order.pk, world.finance().pk, "bank mengembalikan")
    assert (ledger.debt_of(order.seller_id), ledger.payable_of(order.seller_id)) == (0, before + order.shipping_price)
    assert is_right()
