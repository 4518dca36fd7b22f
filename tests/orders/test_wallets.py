"""GoPay and ShopeePay: the way into the app, money in and back, the simulator's own app page."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest
from django.conf import settings
from django.test import Client

from bebeli.kit import clock
from bebeli.orders import books
from bebeli.orders.actions.cancel_order import cancel_order
from bebeli.orders.flows import charge, reconcile
from bebeli.orders.flows import refund as refunds
from bebeli.orders.flows.settle import ask
from bebeli.orders.models import Order, Posting, Purchase, Refund
from tests import world
from tests.conftest import Provider

pytestmark = pytest.mark.django_db

WALLETS = ("gopay", "shopeepay")
WIB = ZoneInfo("Asia/Jakarta")


def page(purchase: Purchase) -> str:
    client = Client()
    assert purchase.buyer is not None
    client.force_login(purchase.buyer)
    return client.get(f"/pembelian/{purchase.code}/").content.decode()


@pytest.mark.parametrize("method", WALLETS)
def test_the_page_leads_into_the_app(provider: Provider, method: str) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1), method=method)
    attempt = world.attempt_of(purchase)
    assert attempt.deeplink_url == f"{provider.url}/{method}/ui/checkout?referenceid={attempt.transaction_id}"
    assert attempt.has_qr == (method == "gopay")
    assert purchase.payment.hold_until - purchase.payment.pay_before == timedelta(minutes=20)
    assert timedelta(minutes=14) < purchase.payment.pay_before - purchase.placed_at <= timedelta(minutes=15, seconds=5)
    shown = page(purchase)
    assert f'href="{attempt.deeplink_url}"' in shown
    assert ("/qr.png" in shown) == (method == "gopay")


def test_the_qr_of_gopay_is_drawn_by_the_provider(provider: Provider) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1), method="gopay")
    client = Client()
    client.force_login(purchase.buyer)  # type: ignore[arg-type]
    answer = client.get(f"/pembelian/{purchase.code}/qr.png")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.content.startswith(b"\x89PNG")
    provider.bank.transactions.clear()
    assert client.get(f"/pembelian/{purchase.code}/qr.png").status_code == 404


@pytest.mark.parametrize("method", WALLETS)
def test_the_customer_pays_in_the_app_and_comes_back(provider: Provider, method: str) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1), method=method)
    attempt = world.attempt_of(purchase)
    with httpx.Client() as phone:
        shown = phone.get(attempt.deeplink_url)
        assert shown.status_code == 200
        assert attempt.code in shown.text
        paid = phone.post(f"{provider.url}/{method}/ui/pay", data={"referenceid": attempt.transaction_id})
        assert paid.headers["Location"].startswith(f"{settings.BASE_URL}/pembelian/{purchase.code}/?")
        assert "Kembali ke toko" in phone.get(attempt.deeplink_url).text
        assert phone.get(f"{provider.url}/{method}/ui/checkout?referenceid=x").status_code == 404
    assert ask(attempt) == "settled"
    assert dict(Posting.objects.values_list("account__kind", "amount")) == {"gateway": purchase.total, "escrow": -purchase.total}
    assert books.check() == []


def test_leaving_the_app_pays_nothing(provider: Provider) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1), method="shopeepay")
    attempt = world.attempt_of(purchase)
    left = httpx.post(f"{provider.url}/shopeepay/ui/leave", data={"referenceid": attempt.transaction_id})
    assert "result=failure" in left.headers["Location"]
    ask(attempt)
    assert Purchase.objects.get().status == "awaiting_payment"
    assert provider.bank.find(attempt.code)["status"] == "pending"


@pytest.mark.parametrize("method", WALLETS)
def test_a_refund_goes_back_through_the_wallet(provider: Provider, method: str) -> None:
    noon = datetime(2026, 11, 23, 12, 0, tzinfo=WIB)
    buyer = world.user()
    with clock.standing_at(noon):
        purchase = world.charged(buyer, (world.variant(), 1), method=method)
        provider.settle(purchase)
        cancel_order(Order.objects.get().pk, buyer.pk, "")
        refund = Refund.objects.get()
        assert refund.channel == "provider"
        assert refunds.send(refund.pk) == "sent"
        provider.bank.confirm_refunds(world.attempt_of(purchase).code)
        assert ask(world.attempt_of(purchase)) == "noted"
        refund.refresh_from_db()
        assert refund.state == "confirmed"
        assert books.check() == []


@pytest.mark.parametrize(
    ("hour", "minute", "opens"),
    [(23, 54, None), (23, 55, (24, 6)), (0, 10, (23, 6)), (5, 59, (23, 6)), (6, 0, None), (12, 0, None)],
)
def test_shopeepay_gives_nothing_back_at_night(hour: int, minute: int, opens: tuple[int, int] | None) -> None:
    with clock.standing_at(datetime(2026, 11, 23, hour, minute, tzinfo=WIB)):
        found = refunds.opens_at("shopeepay")
        assert refunds.opens_at("gopay") is None
    assert (found and (found.day, found.hour)) == opens


def test_a_refund_at_night_waits_for_the_morning(provider: Provider) -> None:
    buyer = world.user()
    with clock.standing_at(datetime(2026, 11, 23, 0, 30, tzinfo=WIB)):
        purchase = world.charged(buyer, (world.variant(), 1), method="shopeepay")
        provider.settle(purchase)
        cancel_order(Order.objects.get().pk, buyer.pk, "")
        assert refunds.send(Refund.objects.get().pk) == "approved"
        assert refunds.sweep() == 0
        assert provider.bank.find(world.attempt_of(purchase).code)["refunds"] == []
    with clock.standing_at(datetime(2026, 11, 23, 6, 1, tzinfo=WIB)):
        assert refunds.sweep() == 1
        assert Refund.objects.get().state == "sent"


def test_unpaid_closes_at_the_provider_and_gives_the_stock_back(provider: Provider) -> None:
    goods = world.variant(stock=4)
    purchase = world.charged(world.user(), (goods, 3), method="gopay")
    with clock.moved(timedelta(minutes=21)):
        assert reconcile.expire_due() == 1
    goods.refresh_from_db()
    assert (goods.on_hand, goods.reserved) == (4, 0)
    assert provider.bank.find(world.attempt_of(purchase).code)["status"] == "expire"


@pytest.mark.parametrize(("method", "attempts"), [("gopay", 1), ("qris", 1), ("shopeepay", 2)])
def test_a_lost_reply_never_leaves_a_page_without_a_way_to_pay(provider: Provider, method: str, attempts: int) -> None:
    """The provider says a QR again as a picture; a deeplink it never says again: a new attempt replaces the old one."""
    purchase = world.placed(world.user(), (world.variant(), 1), method=method)
    provider.bank.set_faults(world.attempt_of(purchase).code, {"lose_reply": True})
    charge.charge_purchase(purchase)
    for minutes in (3, 6):
        with clock.moved(timedelta(minutes=minutes)):
            charge.sweep()
    attempt = world.attempt_of(purchase)
    assert attempt.code == f"{purchase.code}-p{attempts}"
    assert attempt.has_qr or attempt.deeplink_url
    states = [tx["status"] for tx in provider.bank.transactions.values()]
    assert states == ["expire"] * (attempts - 1) + ["pending"]
