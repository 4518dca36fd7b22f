"""From paid to completed, and the ways an order falls."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.orders import books, ledger, rates
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.cancel_order import agree_cancel, cancel_order, decline_cancel
from bebeli.orders.actions.deliver import deliver
from bebeli.orders.actions.hand_over import MAX_TRIES, hand_over
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.refund import name_refund_account, refund_paid_by_hand, refund_sent
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.schedule_rate import RateWish, schedule_rate
from bebeli.orders.actions.ship import ship
from bebeli.orders.actions.take_refund import take_refund
from bebeli.orders.flows import refund as refunds
from bebeli.orders.flows import timers
from bebeli.orders.models import Entry, Order, Rate, Refund
from tests import world
from tests.conftest import Provider

pytestmark = pytest.mark.django_db


def paid(provider: Provider, **fields: str) -> tuple[Order, int, int]:
    buyer, goods = world.user(), world.variant(stock=5)
    purchase = world.charged(buyer, (goods, 2), **fields)
    provider.settle(purchase)
    order = world.orders_of(purchase)[0]
    return order, buyer.pk, world.owner(order.seller)


def test_the_whole_way_pays_the_maker(provider: Provider) -> None:
    order, buyer, maker = paid(provider)
    accept(order.pk, maker)
    ship(order.pk, maker, "JNE", "DEMO123456")
    assert ledger.payable_of(order.seller_id) == 0
    assert receive(order.pk, buyer).status == "completed"
    assert ledger.payable_of(order.seller_id) == order.total
    assert [event.verb for event in order.events.all()] == ["place", "settle", "accept", "ship", "deliver", "complete"]
    assert receive(order.pk, buyer).status == "completed"
    assert Entry.objects.filter(kind="completed").count() == 1
    assert books.check() == []


def test_rates_of_the_day_of_sale_are_frozen(provider: Provider) -> None:
    today = clock.today()
    Rate.objects.create(kind="commission", value=500, valid_from=today)
    Rate.objects.create(kind="vat", value=1100, valid_from=today)
    Rate.objects.create(kind="income_tax", value=50, valid_from=today)
    Rate.objects.create(kind="pmk37", value=1, valid_from=today)
    order, buyer, maker = paid(provider)
    boss = world.finance()
    for kind in ("commission", "vat", "income_tax"):
        schedule_rate(RateWish(kind, 9000, today + timedelta(days=1)), boss.pk)
    with clock.moved(timedelta(days=1)):
        assert rates.on(clock.today()).commission_bp == 9000
        accept(order.pk, maker)
        ship(order.pk, maker, "sendiri", "")
        receive(order.pk, buyer)
    assert (order.commission, order.commission_vat, order.income_tax) == (2_500, 275, 250)
    assert ledger.payable_of(order.seller_id) == order.total - 3_025
    assert books.check() == []


def test_unreported_orders_complete_by_time(provider: Provider) -> None:
    order, _buyer, maker = paid(provider)
    accept(order.pk, maker)
    ship(order.pk, maker, "sendiri", "")
    deliver(order.pk, maker)
    assert timers.complete_due() == 0
    with clock.moved(timedelta(hours=49)):
        assert timers.complete_due() == 1
    assert Order.objects.get(pk=order.pk).status == "completed"


def test_unanswered_orders_are_cancelled_and_refunded(provider: Provider) -> None:
    order, _buyer, _maker = paid(provider)
    with clock.moved(timedelta(hours=47)):
        assert timers.cancel_unanswered_due() == 0
    with clock.moved(timedelta(hours=49)):
        assert timers.cancel_unanswered_due() == 1
    assert Order.objects.get(pk=order.pk).status == "cancelled"
    assert Refund.objects.get(order=order).amount == order.total
    assert books.check() == []


def test_a_wish_to_cancel_that_nobody_answers_is_granted(provider: Provider) -> None:
    order, buyer, maker = paid(provider)
    accept(order.pk, maker)
    with clock.moved(timedelta(days=4)):
        assert timers.cancel_unanswered_due() == 0  # without a wish an accepted order stands
        cancel_order(order.pk, buyer, "Terlalu lama")
    with clock.moved(timedelta(days=4, hours=47)):
        assert timers.cancel_unanswered_due() == 0
    with clock.moved(timedelta(days=4, hours=49)):
        assert timers.cancel_unanswered_due() == 1
    assert Order.objects.get(pk=order.pk).status == "cancelled"
    assert Refund.objects.get(order=order).amount == order.total
    assert books.check() == []


def test_an_account_stays_while_finance_transfers_to_it(provider: Provider) -> None:
    order, buyer, _maker = paid(provider)
    cancel_order(order.pk, buyer, "Salah pilih")
    refund = name_refund_account(Refund.objects.get().pk, "014", "1234567890", "Pembeli Uji")
    take_refund(refund.pk, world.finance().pk)
    with pytest.raises(Refused) as refusal:
        name_refund_account(refund.pk, "008", "9876543210", "Pembeli Uji")
    assert refusal.value.code == "refund_closed"
    with clock.moved(timedelta(minutes=61)):
        assert name_refund_account(refund.pk, "008", "9876543210", "Pembeli Uji").bank_code == "008"


def test_one_that_always_fails_holds_up_no_other(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (paid(provider, method="qris")[0] for _each in range(2))
    for order in (first, second):
        cancel_order(order.pk, order.purchase.buyer_id, "")
    bad = Refund.objects.get(order=first)

    def step(refund: Refund) -> None:
        if refund == bad:
            raise AttributeError(refund)
        refund_sent(refund.pk)

    monkeypatch.setattr(refunds, "_step", step)
    assert refunds.sweep() == 2
    assert Refund.objects.get(order=second).state == "sent"


def test_reject_needs_a_reason_and_gives_stock_and_money_back(provider: Provider) -> None:
    order, _buyer, maker = paid(provider)
    with pytest.raises(InvalidInput):
        reject(order.pk, maker, "  ")
    reject(order.pk, maker, "Bahan habis")
    line = order.lines.get()
    line.variant.refresh_from_db()
    assert (line.variant.on_hand, line.variant.reserved) == (5, 0)
    assert Refund.objects.get().state == "approved"
    assert books.check() == []


def test_a_qris_refund_is_done_only_when_the_bank_says_so(provider: Provider) -> None:
    order, buyer, _maker = paid(provider, method="qris")
    cancel_order(order.pk, buyer, "")
    refund = Refund.objects.get()
    assert refunds.send(refund.pk) == "sent"
    provider.bank.confirm_refunds(world.attempt_of(order.purchase).code)
    with clock.moved(timedelta(minutes=11)):
        assert refunds.sweep() == 1
    refund.refresh_from_db()
    assert refund.state == "confirmed"
    assert books.check() == []


def test_a_va_refund_is_a_task_for_finance(provider: Provider) -> None:
    order, buyer, _maker = paid(provider)
    cancel_order(order.pk, buyer, "Salah pilih")
    refund = Refund.objects.get()
    clerk = world.finance()
    with pytest.raises(Refused):
        refund_paid_by_hand(refund.pk, clerk.pk, "TRF-0001", world.PROOF)
    name_refund_account(refund.pk, "014", "123-456-7890", "Pembeli Uji")
    refund.refresh_from_db()
    assert "1234567890" not in refund.account_number
    refund_paid_by_hand(refund.pk, clerk.pk, "TRF-0001", world.PROOF)
    refund_paid_by_hand(refund.pk, clerk.pk, "TRF-0001", world.PROOF)
    assert Entry.objects.filter(kind="refund_confirmed").count() == 1
    assert books.check() == []


def test_cancel_by_state(provider: Provider) -> None:
    order, buyer, maker = paid(provider)
    accept(order.pk, maker)
    assert cancel_order(order.pk, buyer, "Berubah pikiran").status == "processing"
    assert Order.objects.get(pk=order.pk).is_cancel_asked
    decline_cancel(order.pk, maker, "Sudah jadi")
    with pytest.raises(Refused) as refusal:
        agree_cancel(order.pk, maker)
    assert refusal.value.code == "not_asked"
    ship(order.pk, maker, "sendiri", "")
    with pytest.raises(Refused) as refusal:
        cancel_order(order.pk, buyer, "")
    assert refusal.value.code == "too_late"


def test_unpaid_orders_cannot_be_cancelled_alone() -> None:
    purchase = world.placed(world.user(), (world.variant(), 1))
    with pytest.raises(Refused) as refusal:
        cancel_order(world.orders_of(purchase)[0].pk, None, "")
    assert refusal.value.code == "purchase_unpaid"


def test_pickup_by_code(provider: Provider) -> None:
    order, _buyer, maker = paid(provider, ship="pickup")
    accept(order.pk, maker)
    with pytest.raises(Refused) as refusal:
        ship(order.pk, maker, "sendiri", "")
    assert refusal.value.code == "pickup_order"
    with pytest.raises(InvalidInput):
        hand_over(order.pk, maker, "SALAH")
    assert Order.objects.get(pk=order.pk).pickup_tries == 1
    assert hand_over(order.pk, maker, order.pickup_code.lower()).status == "delivered"


def test_pickup_codes_cannot_be_guessed_forever(provider: Provider) -> None:
    order, _buyer, maker = paid(provider, ship="pickup")
    accept(order.pk, maker)
    Order.objects.filter(pk=order.pk).update(pickup_tries=MAX_TRIES)
    with pytest.raises(Refused) as refusal:
        hand_over(order.pk, maker, order.pickup_code)
    assert refusal.value.code == "too_many_tries"


@pytest.mark.parametrize(("courier", "waybill"), [("", "DEMO123456"), ("JNE", ""), ("JNE", "x y"), ("JNE", "<b>")])
def test_a_parcel_nobody_could_trace_is_refused(provider: Provider, courier: str, waybill: str) -> None:
    order, _buyer, maker = paid(provider)
    accept(order.pk, maker)
    with pytest.raises(InvalidInput):
        ship(order.pk, maker, courier, waybill)
    assert Order.objects.get(pk=order.pk).status == "processing"
