"""Vouchers through a purchase's life: placed, ended, paid late, called off; counts and books to the rupiah."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from bebeli.catalog.models import Reservation
from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.notices.models import Notice
from bebeli.orders import books
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.cancel_order import agree_cancel, cancel_order
from bebeli.orders.actions.close_purchase import cancel_purchase, expire_purchase
from bebeli.orders.actions.place import place
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.settle import settle
from bebeli.orders.actions.ship import ship
from bebeli.orders.models import Order, Posting, Purchase
from bebeli.vouchers.actions.end_voucher import end_voucher
from bebeli.vouchers.actions.pause_voucher import pause_voucher
from bebeli.vouchers.models import Voucher, VoucherUse
from tests import world
from tests.vouchers import making

pytestmark = pytest.mark.django_db


def balances() -> dict[str, int]:
    rows = Posting.objects.values("account__kind").annotate(total=Sum("amount"))
    return {row["account__kind"]: row["total"] for row in rows if row["total"]}


def two_makers(**fields: Any) -> tuple[Purchase, Order, Order]:
    """Goods of 60.000 and 40.000 from two makers, each with a parcel."""
    goods = ((world.variant(price=60_000), 1), (world.variant(price=40_000), 1))
    purchase = world.paid(world.user(), *goods, **fields)
    first, second = world.orders_of(purchase)
    return purchase, first, second


def expired(purchase: Purchase) -> None:
    """Nobody paid, and the provider says that nobody can."""
    attempt = world.attempt_of(purchase)
    settle(attempt.pk, world.truth(attempt, "expire", status_code="407"), settings.MIDTRANS_MERCHANT_ID)
    with clock.moved(timedelta(days=2)):
        assert expire_purchase(purchase.pk).status == "expired"


def test_a_regencys_promo_splits_and_is_posted_to_the_regency() -> None:
    made = making.voucher(amount=10_001, min_purchase=50_000)
    purchase, first, second = two_makers(voucher=made.code)
    assert (first.platform_discount, second.platform_discount) == (6_001, 4_000)
    assert {first.promo_payer, second.promo_payer} == {"regency"}
    assert purchase.total == 100_000 + purchase.shipping_total - 10_001 == purchase.payment.amount
    assert balances()["promo_regency"] == 10_001
    assert making.fresh(made) == (1, 10_001)
    assert books.check() == []


def test_a_sellers_own_lowers_its_escrow_and_the_base_of_commission() -> None:
    world.rates_today(commission=500, vat=1100, income_tax=50, pmk37=1)
    stall = world.seller()
    made = making.own(stall, kind="percent", percent_bp=1_000, ceiling=50_000)
    order = world.orders_of(world.paid(world.user(), (world.variant(stall, price=60_000), 1), voucher=made.code))[0]
    assert (order.seller_discount, order.platform_discount, order.total) == (6_000, 0, 54_000 + order.shipping_price)
    assert (order.commission, order.commission_vat, order.income_tax) == (2_700, 297, 270)
    assert balances() == {"gateway": order.total, "escrow": -order.total}
    accept(order.pk, world.owner(stall))
    ship(order.pk, world.owner(stall), "sendiri", "")
    receive(order.pk, order.purchase.buyer_id or 0)
    assert books.check() == []


def test_free_shipping_of_the_platform_lets_the_maker_have_it_all() -> None:
    made = making.voucher(kind="shipping", payer="platform", min_purchase=0)
    order = world.orders_of(world.paid(world.user(), (world.variant(price=60_000), 1), voucher=made.code))[0]
    assert order.shipping_price == order.platform_discount > 0
    assert balances() == {"gateway": 60_000, "promo_platform": order.shipping_price, "escrow": -order.total}
    assert books.check() == []


def test_a_promo_a_sellers_own_and_a_campaign_stand_together() -> None:
    stall = world.seller()
    own = making.own(stall, is_automatic=True)
    promo = making.voucher()
    purchase = world.placed(world.user(), (world.variant(stall, price=60_000), 1), voucher=promo.code, campaigns=(own.code,))
    order = world.orders_of(purchase)[0]
    assert (order.seller_discount, order.platform_discount) == (5_000, 10_000)
    assert {use.voucher for use in VoucherUse.objects.filter(ref=purchase.code)} == {own, promo}
    assert books.check() == []


@pytest.mark.parametrize("way", ["cancelled", "expired"])
def test_an_unpaid_purchase_gives_back_once(way: str) -> None:
    made = making.voucher(max_uses=1)
    purchase = world.placed(world.user(), (world.variant(), 1), voucher=made.code)
    with pytest.raises(Refused) as refused:
        world.placed(world.user(), (world.variant(), 1), voucher=made.code)
    assert refused.value.code == "voucher_used_up"
    for _twice in range(2):
        if way == "cancelled":
            cancel_purchase(purchase.pk, purchase.buyer_id)
        else:
            expired(purchase)
        assert making.fresh(made) == (0, 0)
    assert VoucherUse.objects.get().state == "given_back"
    world.placed(world.user(), (world.variant(), 1), voucher=made.code)
    assert making.fresh(made) == (1, 10_000)
    assert "I20" not in {violation.code for violation in books.check()}


def test_late_money_takes_the_use_again_also_after_the_end() -> None:
    made = making.voucher()
    purchase = world.placed(world.user(), (world.variant(), 1), voucher=made.code)
    expired(purchase)
    end_voucher(made.pk)
    assert world.settle_now(world.attempt_of(purchase)) == "settled"
    assert making.fresh(made) == (1, 10_000)
    assert books.check() == []


def test_late_money_goes_back_when_the_voucher_is_used_up_meanwhile() -> None:
    made = making.voucher(max_uses=1)
    goods = world.variant(stock=5)
    late = world.placed(world.user(), (goods, 1), voucher=made.code)
    expired(late)
    world.paid(world.user(), (goods, 1), voucher=made.code)
    assert world.settle_now(world.attempt_of(late)) == "unallocated"
    late.refresh_from_db()
    assert late.status == "expired"
    assert not Reservation.objects.filter(ref__startswith=late.code, state="held").exists()
    assert making.fresh(made) == (1, 10_000)
    assert balances()["refund_payable"] == -late.total
    assert books.check() == []


def test_a_makers_rejection_gives_back_money_budget_and_at_last_the_use() -> None:
    made = making.voucher(amount=10_001, min_purchase=50_000)
    purchase, first, second = two_makers(voucher=made.code)
    reject(first.pk, world.owner(first.seller), "habis")
    assert first.refunds.get().amount == first.paid_by_buyer == first.total - 6_001
    assert (balances()["promo_regency"], making.fresh(made)) == (4_000, (1, 4_000))
    assert books.check() == []
    reject(second.pk, world.owner(second.seller), "habis")
    assert sum(order.refunds.get().amount for order in (first, second)) == purchase.total
    assert ("promo_regency" in balances(), making.fresh(made)) == (False, (0, 0))
    assert books.check() == []
    buyer = purchase.buyer
    assert buyer is not None
    world.placed(buyer, (world.variant(price=60_000), 1), voucher=made.code)


@pytest.mark.parametrize("way", ["cancel", "agree_cancel"])
def test_who_cancels_a_paid_order_has_used_the_voucher(way: str) -> None:
    made = making.voucher()
    purchase = world.paid(world.user(), (world.variant(), 1), voucher=made.code)
    order = world.orders_of(purchase)[0]
    if way == "agree_cancel":
        accept(order.pk, world.owner(order.seller))
    cancel_order(order.pk, purchase.buyer_id, "")
    if way == "agree_cancel":
        agree_cancel(order.pk, world.owner(order.seller))
    assert making.fresh(made) == (1, 0)
    assert order.refunds.get().amount == purchase.total
    assert "promo_regency" not in balances()
    assert books.check() == []
    buyer = purchase.buyer
    assert buyer is not None
    with pytest.raises(Refused) as refused:
        world.placed(buyer, (world.variant(), 1), voucher=made.code)
    assert refused.value.code == "voucher_used"


def test_a_reversed_payment_takes_the_promo_back_too() -> None:
    made = making.voucher()
    purchase = world.paid(world.user(), (world.variant(), 1), voucher=made.code, method="permata_va")
    world.reversed_by_provider(world.attempt_of(purchase))
    assert balances() == {}
    assert books.check() == []


def test_the_first_purchase_is_the_first() -> None:
    made = making.voucher(is_first_purchase=True, per_person=None)
    buyer = world.user()
    unpaid = world.placed(buyer, (world.variant(), 1))
    with pytest.raises(Refused) as refused:
        world.placed(buyer, (world.variant(), 1), voucher=made.code)
    assert refused.value.code == "voucher_first_only"
    cancel_purchase(unpaid.pk, buyer.pk)
    world.placed(world.user(), (world.variant(), 1), voucher=made.code)
    assert making.fresh(made)[0] == 1


@pytest.mark.parametrize("change", [pause_voucher, end_voucher])
def test_what_no_longer_holds_is_refused_and_moves_nothing(change: Any) -> None:
    made = making.voucher()
    goods, buyer = world.variant(), world.user()
    cart = world.cart_of(buyer, (goods, 1))
    change(made.pk)
    from_cart = world.wish_for(cart, buyer, campaigns=(made.code,))
    with pytest.raises(Refused) as refused:
        place(*from_cart)
    assert refused.value.field == "voucher"
    goods.refresh_from_db()
    assert (goods.reserved, Purchase.objects.count(), cart.lines.count(), VoucherUse.objects.count()) == (0, 0, 1, 0)


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        world.placed(world.user(), (world.variant(), 1), voucher="TIDAKADA")
    assert (refused.value.code, refused.value.extra["voucher"]) == ("unknown_voucher", "TIDAKADA")


def test_the_same_key_with_another_voucher_is_another_wish() -> None:
    made = making.voucher()
    buyer, goods = world.user(), world.variant()
    world.placed(buyer, (goods, 1), voucher=made.code, key="satu")
    wish, quoted = world.wish_for(world.cart_of(buyer, (goods, 1)), buyer, key="satu")
    with pytest.raises(Refused) as refused:
        place(wish, quoted)
    assert refused.value.code == "idempotency_mismatch"


def test_without_a_voucher_nothing_is_asked() -> None:
    making.voucher(is_automatic=True)
    buyer = world.user()
    wish, quoted = world.wish_for(world.cart_of(buyer, (world.variant(), 1)), buyer)
    with CaptureQueriesContext(connection) as caught:
        purchase = place(wish, quoted)
    cancel_purchase(purchase.pk, buyer.pk)
    assert [query["sql"] for query in caught if "vouchers_" in query["sql"]] == []


def test_who_made_it_hears_once_that_it_is_used_up() -> None:
    made = making.voucher(max_uses=1)
    purchase = world.placed(world.user(), (world.variant(), 1), voucher=made.code)
    cancel_purchase(purchase.pk, purchase.buyer_id)
    world.placed(world.user(), (world.variant(), 1), voucher=made.code)
    told = Notice.objects.filter(kind="vouchers.used_up", user=made.made_by)
    assert sorted(told.values_list("channel", flat=True)) == ["app", "email"]
    assert Voucher.objects.get(pk=made.pk).is_used_up
