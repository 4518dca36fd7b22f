"""One idempotency key two hundred times: one purchase."""

from __future__ import annotations

import pytest

from bebeli.orders.actions import place as placing
from bebeli.orders.models import Purchase
from tests import world
from tests.races.crowd import all_at_once, guest, order

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def press(shop: str, times: int, width: int) -> list[int]:
    goods = world.variant(stock=500)
    _cart, token = world.visitor_cart(goods)
    slug = goods.product.seller.slug

    def once(_number: int) -> int:
        with guest(shop, token) as client:
            return order(client, slug, "satu-kunci").status_code

    return all_at_once(once, range(times), width)


def test_one_key_one_purchase(shop: str) -> None:
    statuses = press(shop, 200, 40)
    assert Purchase.objects.count() == 1
    assert set(statuses) <= {302, 422}
    assert statuses.count(302) >= 1


def test_without_the_key_a_refilled_cart_buys_again(shop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "find_placed", lambda _wish: None)
    monkeypatch.setattr("bebeli.orders.flows.checkout.find_placed", lambda _wish: None)
    goods = world.variant(stock=50)
    cart, token = world.visitor_cart(goods)
    with guest(shop, token) as client:
        assert order(client, goods.product.seller.slug, "satu-kunci").status_code == 302
        cart.lines.create(variant=goods, quantity=1, price_seen=goods.price)
        with pytest.raises(AssertionError):  # the row's own constraint is the last guard: an error, never two purchases
            assert order(client, goods.product.seller.slug, "satu-kunci").status_code < 500
    assert Purchase.objects.count() == 1
