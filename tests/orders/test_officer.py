"""An officer steps in: calls a paid order off, ends what a bank holds up, or lets it go on when the money came again."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as set_up
from django.test import Client

from bebeli.catalog.models import Variant
from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.orders import books, ledger
from bebeli.orders.actions.approve_refund import approve_refund
from bebeli.orders.actions.call_off_order import call_off_order
from bebeli.orders.actions.cancel_held import cancel_held
from bebeli.orders.actions.refund import refund_seen, refund_sent
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.restore_payment import restore_payment
from bebeli.orders.actions.settle import settle
from bebeli.orders.actions.ship import ship
from bebeli.orders.flows import documents, restore, timers
from bebeli.orders.models import Order, Payment, PaymentAttempt
from tests import payees, returning, world
from tests.orders.test_payout_pages import desk_of

pytestmark = pytest.mark.django_db


def right() -> bool:
    documents.issue_due()
    return books.check() == []


def held(**fields: Any) -> Order:
    """An accepted order whose payment the bank took back."""
    order = returning.order(**fields)
    take_back(order)
    return Order.objects.select_related("seller", "purchase").get(pk=order.pk)


def take_back(order: Order, status: str = "chargeback") -> str:
    attempt = world.attempt_of(order.purchase)
    return settle(attempt.pk, world.truth(attempt, status), set_up.MIDTRANS_MERCHANT_ID)


def test_calling_off_gives_stock_back_and_waits_with_much_money(settings: Any) -> None:
    settings.REFUND_TWO_PEOPLE_FROM = 50_000
    first, second = world.finance(), world.finance()
    order = returning.order(pieces=1)
    call_off_order(order.pk, first.pk, " Toko  tutup ")
    call_off_order(order.pk, first.pk, "Toko tutup")
    order.refresh_from_db()
    refund = order.refunds.get()
    assert (order.status, order.cancel_reason, refund.state, refund.decided_by_id) == (
        "cancelled", "Toko tutup", "requested", first.pk,
    )  # fmt: skip
    assert Variant.objects.get(pk=order.lines.get().variant_id).on_hand == 10
    assert order.events.latest("pk").actor == "officer"
    approve_refund(refund.pk, second.pk)
    assert right()


def test_a_reason_is_needed_and_a_shipped_order_is_too_far() -> None:
    order = returning.order()
    with pytest.raises(InvalidInput) as wrong:
        call_off_order(order.pk, world.finance().pk, " ")
    assert wrong.value.field == "alasan"
    ship(order.pk, world.owner(order.seller), "sendiri", "")
    with pytest.raises(Refused) as refusal:
        call_off_order(order.pk, world.finance().pk, "telat")
    assert refusal.value.code == "wrong_state"
    assert not order.refunds.exists()


@pytest.mark.parametrize(("goods", "left"), [("kembali", 10), ("hilang", 8)])
def test_a_held_order_is_closed_without_money(goods: str, left: int) -> None:
    order = held()
    boss = world.finance().pk
    with pytest.raises(InvalidInput) as wrong:
        cancel_held(order.pk, boss, "palsu", "")
    assert wrong.value.field == "stok"
    for _each in range(2):
        cancel_held(order.pk, boss, "palsu", goods)
    order.refresh_from_db()
    assert (order.status, order.refunds.count()) == ("cancelled", 0)
    assert Variant.objects.get(pk=order.lines.get().variant_id).on_hand == left
    assert right()


def test_money_that_came_again_lets_the_order_go_on_where_it_was() -> None:
    order = held()
    boss = world.finance().pk
    for _each in range(2):
        restore_payment(order.pk, boss, "Bank mengembalikan")
    order.refresh_from_db()
    assert (order.status, order.events.latest("pk").verb) == ("processing", "restore_processing")
    assert Payment.objects.get(purchase=order.purchase).status == "settled"
    assert PaymentAttempt.objects.get(payment__purchase=order.purchase).status == "settled"
    assert take_back(order) == "nothing"  # the provider still tells of the old reversal
    assert right()


def test_nobody_decides_about_the_own_purchase() -> None:
    order = returning.order()
    buyer = order.purchase.buyer
    assert buyer is not None
    with pytest.raises(Refused) as off:
        call_off_order(order.pk, buyer.pk, "milik sendiri")
    take_back(order)
    with pytest.raises(Refused) as back:
        restore_payment(order.pk, buyer.pk, "milik sendiri")
    with pytest.raises(Refused) as closed:
        cancel_held(order.pk, buyer.pk, "milik sendiri", "kembali")
    assert {refusal.value.code for refusal in (off, back, closed)} == {"own_purchase"}


def test_nobody_is_late_for_the_time_an_order_was_held() -> None:
    paid = world.orders_of(world.paid(world.user(), (world.variant(), 1), method="qris"))[0]
    sent = returning.order()
    ship(sent.pk, world.owner(sent.seller), "jne", "RESI12345")
    for order in (paid, sent):
        take_back(order)
    with clock.moved(timedelta(days=40)):
        for order in (paid, sent):
            restore_payment(order.pk, world.finance().pk, "Bank mengembalikan")
        assert (timers.cancel_unanswered_due(), timers.complete_due()) == (0, 0)
    with clock.moved(timedelta(days=43)):
        assert (timers.cancel_unanswered_due(), timers.complete_due()) == (1, 1)
    for order in (paid, sent):
        order.refresh_from_db()
    assert (paid.status, sent.status) == ("cancelled", "completed")


def test_what_was_closed_meanwhile_gets_its_money_back() -> None:
    order = held()
    boss = world.finance().pk
    cancel_held(order.pk, boss, "palsu", "kembali")
    restore_payment(order.pk, boss, "Bank mengembalikan")
    assert order.refunds.get().amount == order.total
    assert right()


def test_fallen_promises_live_again_and_paid_ones_stay_paid() -> None:
    order = returning.order(pieces=3)
    first, second = returning.pieces(order), returning.pieces(order)
    refund_sent(first.pk)
    refund_seen(first.pk)
    take_back(order)
    restore_payment(order.pk, world.finance().pk, "Bank mengembalikan")
    again = order.refunds.latest("pk")
    assert (again.origin_id, again.state, again.key) == (second.pk, "approved", f"{order.code}-r3")
    assert right()


def test_a_fallen_order_is_promised_again_once() -> None:
    order = returning.order()
    reject(order.pk, world.owner(order.seller), "habis")
    take_back(order)
    restore_payment(order.pk, world.finance().pk, "Bank mengembalikan")
    assert [refund.state for refund in order.refunds.order_by("pk")] == ["failed", "approved"]
    assert right()


def test_a_debt_settled_meanwhile_goes_back_to_the_balance() -> None:
    order = returning.completed(price=100_000, pieces=1)
    take_back(order)
    before = ledger.payable_of(order.seller_id)
    payees.payout(payees.earned(order.seller, 300_000), bank="111", amount=50_000)
    assert ledger.debt_of(order.seller_id) == 0
    restore_payment(order.pk, world.finance().pk, "Bank mengembalikan")
    assert ledger.debt_of(order.seller_id) == 0
    assert ledger.payable_of(order.seller_id) > before
    assert right()


def test_nothing_is_restored_that_was_not_taken() -> None:
    order = returning.order()
    with pytest.raises(Refused) as refusal:
        restore_payment(order.pk, world.finance().pk, "x")
    assert refusal.value.code == "not_held"


def test_the_page_of_an_orders_money_offers_what_can_be_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    order = returning.order()
    client = desk_of(world.finance().pk, "mfa")
    page = f"/keuangan/pesanan/{order.code}/"
    assert "Batalkan pesanan ini" in client.get(page).content.decode()
    auditor = Client()
    auditor.force_login(world.auditor())
    assert "Batalkan pesanan ini" not in auditor.get(page).content.decode()
    answer = client.post(f"{page}batal/", {"alasan": ""})
    assert (answer.status_code, "alasan_error" in answer.content.decode()) == (422, True)
    take_back(order)
    assert order.code in client.get("/keuangan/").content.decode()
    assert "Pesanan ini ditahan" in client.get(page).content.decode()
    truth = world.truth(world.attempt_of(order.purchase))
    monkeypatch.setattr(restore, "provider", lambda: SimpleNamespace(status=lambda _code: truth))
    client.post(f"{page}lepas/", {"alasan": "Bank mengembalikan"})
    order.refresh_from_db()
    assert order.status == "processing"
    client.post(f"{page}batal/", {"alasan": "Toko tutup"})
    order.refresh_from_db()
    assert order.status == "cancelled"
    assert client.get("/keuangan/pesanan/", {"kode": order.code.lower()})["Location"] == page
    assert client.get("/keuangan/pesanan/", {"kode": "x"})["Location"] == "/keuangan/"


def test_an_order_is_found_by_its_number_or_said_to_be_missing() -> None:
    order, client = returning.order(), desk_of(world.auditor().pk)
    answer = client.get("/keuangan/pesanan/", {"kode": f" {order.code.lower()} "})
    assert answer.headers["Location"] == f"/keuangan/pesanan/{order.code}/"
    page = client.get("/keuangan/pesanan/", {"kode": "BB-TIDAKADA-1"}, follow=True).content.decode()
    assert "Pesanan BB-TIDAKADA-1 tidak ada." in page
