"""One idempotency key two hundred times: one purchase."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import httpx
import pytest
from django.db import IntegrityError
from django.db.models import F

from bebeli.accounts import tokens
from bebeli.catalog.models import Variant
from bebeli.orders.actions import place as placing
from bebeli.orders.models import Cart, Purchase
from tests import world
from tests.races.crowd import all_at_once, guest, order
from tests.races.guards import without_constraint

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

KEY = "satu-kunci"
ADDRESS = {
    "recipient": "Pembeli Uji",
    "phone": "081234567890",
    "region": world.VILLAGE,
    "street": "Jl. Contoh 1, RT 001/RW 001",
    "postal_code": "17530",
}
Press = Callable[[], httpx.Response]


def on_the_web(shop: str, goods: Variant) -> tuple[Cart, Press]:
    cart, token = world.visitor_cart(goods)

    def press() -> httpx.Response:
        with guest(shop, token) as client:
            return order(client, goods.product.seller.slug, KEY)

    return cart, press


def by_the_api(shop: str, goods: Variant) -> tuple[Cart, Press]:
    buyer = world.user()
    headers = {"Authorization": f"Bearer {tokens.issue(buyer)[0]}", "Idempotency-Key": KEY}
    wish = {
        "address": ADDRESS,
        "shipping": {goods.product.seller.slug: "pickup"},
        "payment_method": "bca_va",
        "purse": "personal",
    }
    return world.cart_of(buyer, (goods, 1)), partial(
        httpx.post, f"{shop}/api/v1/purchases/", json=wish, headers=headers, timeout=60
    )


def test_one_key_one_purchase_on_the_web(shop: str) -> None:
    _cart, press = on_the_web(shop, world.variant(stock=500))
    statuses = all_at_once(lambda _number: press().status_code, range(200), 40)
    assert Purchase.objects.count() == 1
    assert set(statuses) <= {302, 422}
    assert statuses.count(302) >= 1


def test_one_key_one_purchase_by_the_api(shop: str) -> None:
    _cart, press = by_the_api(shop, world.variant(stock=500))
    answers = all_at_once(lambda _number: press(), range(200), 40)
    code = Purchase.objects.get().code
    told = {(answer.status_code, answer.json()["code"]) for answer in answers}
    assert (201, code) in told
    assert told <= {(201, code), (409, "in_progress"), (409, "busy")}


@pytest.mark.parametrize("door", [on_the_web, by_the_api])
def test_without_the_key_a_refilled_cart_buys_again(
    shop: str, monkeypatch: pytest.MonkeyPatch, door: Callable[[str, Variant], tuple[Cart, Press]]
) -> None:
    monkeypatch.setattr(placing, "find_placed", lambda _wish: None)
    monkeypatch.setattr("bebeli.orders.flows.checkout.find_placed", lambda _wish: None)
    goods = world.variant(stock=50)
    cart, press = door(shop, goods)
    with without_constraint(Purchase, "orders_purchase_once_per_key", idem_key=F("code")):
        assert press().status_code in {201, 302}
        cart.lines.create(variant=goods, quantity=1, price_seen=goods.price)
        assert press().status_code in {201, 302}
        assert Purchase.objects.filter(idem_key=KEY).count() == 2


def test_the_row_itself_refuses_a_second_of_the_same_key(shop: str) -> None:
    goods = world.variant(stock=50)
    buyer = world.user()
    made = world.placed(buyer, (goods, 1), key=KEY)
    made.pk, made.code = None, "BB-KEDUA001"
    with pytest.raises(IntegrityError, match="orders_purchase_once_per_key"):
        made.save()
