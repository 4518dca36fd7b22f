"""Every invariant of vouchers is able to fail, and those of orders hold with discounts."""

from __future__ import annotations

import pytest
from django.db import connection

from bebeli.orders import books
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.cancel_order import cancel_order
from bebeli.orders.actions.close_purchase import cancel_purchase
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.ship import ship
from tests import world
from tests.vouchers import making

pytestmark = pytest.mark.django_db

GUARDS = (
    "SET CONSTRAINTS ALL IMMEDIATE",
    "ALTER TABLE orders_posting DISABLE TRIGGER USER",
    "ALTER TABLE orders_orderevent DISABLE TRIGGER USER",
    "ALTER TABLE orders_order DROP CONSTRAINT orders_order_adds_up",
    "ALTER TABLE orders_purchase DROP CONSTRAINT orders_purchase_adds_up",
    "ALTER TABLE vouchers_voucher DROP CONSTRAINT vouchers_voucher_uses",
    "ALTER TABLE vouchers_voucher DROP CONSTRAINT vouchers_voucher_budget",
    "ALTER TABLE vouchers_voucheruse DROP CONSTRAINT vouchers_use_given_back",
)
PAID = "(SELECT code FROM orders_purchase WHERE status = 'paid' ORDER BY id LIMIT 1)"
GATEWAY, PROMO = (f"(SELECT id FROM orders_account WHERE kind = '{kind}')" for kind in ("gateway", "promo_regency"))
CORRUPTIONS: dict[str, tuple[str, ...]] = {
    "I20": (
        "UPDATE vouchers_voucher SET used = used + 1 WHERE payer = 'regency'",
        "UPDATE vouchers_voucher SET spent = spent - 1 WHERE payer = 'seller'",
        f"UPDATE vouchers_voucheruse SET amount = amount + 1 WHERE ref = {PAID}",
        f"DELETE FROM vouchers_voucheruse WHERE ref = {PAID}",
        "UPDATE vouchers_voucher SET max_uses = used - 1 WHERE used > 1",
        "UPDATE vouchers_voucher SET budget = spent - 1 WHERE spent > 1",
    ),
    "I60": ("UPDATE vouchers_voucheruse SET user_id = (SELECT min(user_id) FROM vouchers_voucheruse)",),
    "I61": (
        f"UPDATE vouchers_voucheruse SET amount = amount + 1 WHERE ref = {PAID}",
        "UPDATE orders_order SET platform_discount = platform_discount + 1 WHERE status = 'completed'",
        "UPDATE orders_order SET seller_discount = seller_discount - 1 WHERE seller_discount > 0",
        f"DELETE FROM vouchers_voucheruse WHERE ref = {PAID}",
        f"UPDATE vouchers_voucheruse SET ref = 'BB-TIDAKADA' WHERE ref = {PAID}",
    ),
    "I62": (
        "UPDATE vouchers_voucheruse SET returned = returned + 1 WHERE returned < amount",
        "UPDATE vouchers_voucheruse SET state = 'taken' WHERE state = 'given_back'",
        f"UPDATE vouchers_voucheruse SET state = 'given_back' WHERE ref = {PAID}",
        "UPDATE vouchers_voucheruse SET returned = 0 WHERE state = 'given_back'",
        "UPDATE orders_orderevent SET verb = 'cancel' WHERE verb = 'reject'",
        "UPDATE orders_orderevent SET verb = 'other' WHERE verb = 'cancel'",
    ),
    "I63": (
        f"UPDATE orders_posting SET account_id = {GATEWAY} WHERE account_id = {PROMO}",
        "UPDATE orders_order SET promo_payer = 'platform' WHERE promo_payer = 'regency'",
        "UPDATE vouchers_voucher SET payer = 'platform' WHERE payer = 'regency'",
    ),
    # of orders, with discounts
    "I06": ("UPDATE orders_order SET seller_discount = seller_discount + 1, total = total - 1 WHERE status = 'processing'",),
    "I10": ("UPDATE orders_order SET platform_discount = platform_discount - 1 WHERE status = 'completed'",),
    "I21": ("UPDATE orders_order SET seller_discount = seller_discount + 1, total = total - 1 WHERE status = 'completed'",),
}  # fmt: skip


@pytest.fixture
def lived() -> None:
    """One voucher of the regency and one of the maker in every purchase: completed, accepted, rejected, cancelled, unpaid."""
    stall = world.seller()
    world.rates_today(commission=500, vat=1100, income_tax=50, pmk37=1, service_fee=2_000)
    promo, own = making.voucher(amount=10_001), making.own(stall, kind="percent", percent_bp=1_000, ceiling=9_000)
    maker = world.owner(stall)
    for life in ("completed", "accepted", "rejected", "cancelled", "unpaid", "waiting"):
        buyer = world.user()
        buy = world.placed if life in {"unpaid", "waiting"} else world.paid
        purchase = buy(buyer, (world.variant(stall, price=33_333), 2), voucher=promo.code, campaigns=(own.code,))
        order = world.orders_of(purchase)[0]
        if life in {"completed", "accepted"}:
            accept(order.pk, maker)
        if life == "completed":
            ship(order.pk, maker, "sendiri", "")
            receive(order.pk, buyer.pk)
        if life == "rejected":
            reject(order.pk, maker, "habis")
        if life == "cancelled":
            cancel_order(order.pk, buyer.pk, "")
        if life == "unpaid":
            cancel_purchase(purchase.pk, buyer.pk)


@pytest.mark.usefixtures("lived")
def test_a_shop_with_vouchers_is_right() -> None:
    assert books.check() == []


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize(("code", "statement"), [(code, text) for code, texts in CORRUPTIONS.items() for text in texts])
def test_a_corruption_is_named(code: str, statement: str) -> None:
    with connection.cursor() as cursor:
        for guard in GUARDS:
            cursor.execute(guard)
        cursor.execute(statement)
        assert cursor.rowcount > 0
    assert code in {violation.code for violation in books.check()}
