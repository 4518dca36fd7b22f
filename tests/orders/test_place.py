"""Placing a purchase."""

from __future__ import annotations

import pytest

from bebeli.catalog.models import Reservation, Variant
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.notices.models import Notice
from bebeli.orders.actions.place import place
from bebeli.orders.models import CartLine, Order, Purchase
from tests import world

pytestmark = pytest.mark.django_db


def test_one_purchase_one_order_per_seller_stock_held() -> None:
    buyer, first, second = world.user(), world.variant(price=20_000), world.variant(price=30_000)
    purchase = world.placed(buyer, (first, 2), (second, 1))
    orders = world.orders_of(purchase)
    assert [order.code for order in orders] == [f"{purchase.code}-1", f"{purchase.code}-2"]
    assert sorted(order.goods_total for order in orders) == [30_000, 40_000]
    assert purchase.goods_total == 70_000
    assert purchase.total == sum(order.total for order in orders)
    assert purchase.purse == "personal"
    first.refresh_from_db()
    assert (first.on_hand, first.reserved) == (10, 2)
    assert Reservation.objects.filter(state="held").count() == 2
    assert not CartLine.objects.exists()
    assert Notice.objects.filter(kind="orders.placed", ref=purchase.code).count() == 2
    assert len(purchase.code) == 11
    assert purchase.payment.amount == purchase.total


def test_same_key_same_purchase() -> None:
    buyer, goods = world.user(), world.variant()
    cart = world.cart_of(buyer, (goods, 1))
    wish, quoted = world.wish_for(cart, buyer, key="k-1")
    assert place(wish, quoted).pk == place(wish, quoted).pk
    assert Purchase.objects.count() == 1


def test_same_key_other_wish_is_refused() -> None:
    buyer, goods = world.user(), world.variant()
    cart = world.cart_of(buyer, (goods, 1))
    place(*world.wish_for(cart, buyer, key="k-1"))
    world.cart_of(buyer, (goods, 1))
    with pytest.raises(InvalidInput) as refusal:
        place(*world.wish_for(cart, buyer, key="k-1", method="qris"))
    assert refusal.value.code == "idempotency_mismatch"


def nothing_moved(goods: Variant) -> None:
    goods.refresh_from_db()
    assert (goods.reserved, Purchase.objects.count(), Order.objects.count()) == (0, 0, 0)


def test_sold_out_names_the_sku_and_moves_nothing() -> None:
    buyer, goods = world.user(), world.variant(stock=3)
    cart = world.cart_of(buyer, (goods, 3))
    wish, quoted = world.wish_for(cart, buyer)
    Variant.objects.filter(pk=goods.pk).update(on_hand=2)
    with pytest.raises(Refused) as refusal:
        place(wish, quoted)
    assert refusal.value.code == "out_of_stock"
    assert refusal.value.extra["skus"] == [{"sku": goods.sku, "available": 2}]
    nothing_moved(goods)


def test_changed_price_is_asked_never_silent() -> None:
    buyer, goods = world.user(), world.variant(price=10_000)
    cart = world.cart_of(buyer, (goods, 1))
    wish, quoted = world.wish_for(cart, buyer)
    Variant.objects.filter(pk=goods.pk).update(price=12_000)
    with pytest.raises(Refused) as refusal:
        place(wish, quoted)
    assert refusal.value.code == "price_changed"
    assert refusal.value.extra["lines"] == [{"sku": goods.sku, "old": 10_000, "new": 12_000}]
    nothing_moved(goods)


def test_a_quantity_changed_in_another_tab_is_asked() -> None:
    buyer, goods = world.user(), world.variant()
    cart = world.cart_of(buyer, (goods, 1))
    wish, quoted = world.wish_for(cart, buyer)
    CartLine.objects.update(quantity=2)
    with pytest.raises(Refused) as refusal:
        place(wish, quoted)
    assert refusal.value.code == "cart_changed"
    nothing_moved(goods)


@pytest.mark.parametrize("purse", ["agency", "company"])
def test_other_purses_are_refused(purse: str) -> None:
    buyer, goods = world.user(), world.variant()
    wish, quoted = world.wish_for(world.cart_of(buyer, (goods, 1)), buyer)
    with pytest.raises(Refused) as refusal:
        place(type(wish)(**{**wish.__dict__, "purse": purse}), quoted)
    assert refusal.value.code == "purse_needs_approval"
    nothing_moved(goods)


def test_a_total_the_buyer_did_not_see_is_refused() -> None:
    buyer, goods = world.user(), world.variant()
    wish, quoted = world.wish_for(world.cart_of(buyer, (goods, 1)), buyer, total_seen=1)
    with pytest.raises(Refused) as refusal:
        place(wish, quoted)
    assert refusal.value.code == "total_changed"
    nothing_moved(goods)
