"""One cart, many sellers."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bebeli.catalog.models import Variant
from bebeli.orders.models import CartLine
from tests import world
from tests.api.conftest import problem


def test_an_empty_cart(api: Any) -> None:
    assert api(world.user()).get("cart/").json() == {"sellers": [], "total": 0}


def test_lines_by_seller(api: Any) -> None:
    caller, first, second = api(world.user()), world.variant(price=10_000), world.variant(price=5_000)
    made = caller.post("cart/lines/", {"sku": first.sku, "quantity": 2})
    assert made.status_code == 201
    line = made.json()
    assert {"sku": first.sku, "quantity": 2, "price": 10_000, "price_seen": 10_000}.items() <= line.items()
    assert (line["subtotal"], line["problem"]) == (20_000, None)
    caller.post("cart/lines/", {"sku": second.sku, "quantity": 1})
    caller.post("cart/lines/", {"sku": second.sku, "quantity": 1})
    body = caller.get("cart/").json()
    assert body["total"] == 30_000
    assert [(group["seller"]["slug"], group["subtotal"]) for group in body["sellers"]] == [
        (first.product.seller.slug, 20_000),
        (second.product.seller.slug, 10_000),
    ]


def test_change_accept_and_remove(api: Any) -> None:
    caller, goods = api(world.user()), world.variant(price=10_000)
    line = caller.post("cart/lines/", {"sku": goods.sku, "quantity": 1}).json()["id"]
    assert caller.patch(f"cart/lines/{line}/", {"quantity": 3}).json()["subtotal"] == 30_000
    Variant.objects.filter(pk=goods.pk).update(price=11_000)
    assert caller.get("cart/").json()["sellers"][0]["lines"][0]["problem"] == "price_changed"
    changed = problem(caller.patch(f"cart/lines/{line}/", {"price_seen": 10_500}), 409, "price_changed")
    assert changed["lines"] == [{"sku": goods.sku, "old": 10_500, "new": 11_000}]
    assert caller.patch(f"cart/lines/{line}/", {"price_seen": 11_000}).json()["problem"] is None
    problem(caller.patch(f"cart/lines/{line}/", {"price_seen": 11_000, "quantity": 1}), 422, "invalid")
    problem(caller.patch(f"cart/lines/{line}/", {}), 422, "invalid")
    assert caller.delete(f"cart/lines/{line}/").status_code == 204
    problem(caller.delete(f"cart/lines/{line}/"), 404, "not_found")


def test_more_than_there_is_is_refused_and_nothing_moves(api: Any) -> None:
    caller, goods = api(world.user()), world.variant(stock=2)
    short = problem(caller.post("cart/lines/", {"sku": goods.sku, "quantity": 3}), 409, "out_of_stock")
    assert short["skus"] == [{"sku": goods.sku, "available": 2}]
    problem(caller.post("cart/lines/", {"sku": "TIDAK-ADA", "quantity": 1}), 409, "not_on_sale")
    assert not CartLine.objects.exists()


def test_a_strangers_line_is_404(api: Any) -> None:
    goods = world.variant()
    line = api(world.user()).post("cart/lines/", {"sku": goods.sku, "quantity": 1}).json()["id"]
    for stranger in (api(world.user()), api(world.user())):
        problem(stranger.patch(f"cart/lines/{line}/", {"quantity": 2}), 404, "not_found")
        problem(stranger.delete(f"cart/lines/{line}/"), 404, "not_found")
        stranger.post("cart/lines/", {"sku": goods.sku, "quantity": 1})
        problem(stranger.patch(f"cart/lines/{line}/", {"quantity": 2}), 404, "not_found")
        problem(stranger.delete(f"cart/lines/{line}/"), 404, "not_found")
        problem(stranger.patch(f"cart/lines/{10**25}/", {"quantity": 2}), 404, "not_found")
    assert CartLine.objects.get(pk=line).quantity == 1


def test_the_cart_asks_the_same_for_one_line_and_for_twenty(api: Any) -> None:
    buyer, stall = world.user(), world.seller()
    caller = api(buyer)
    world.cart_of(buyer, (world.variant(stall), 1))
    caller.get("cart/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert caller.get("cart/").status_code == 200
        return len(seen)

    before = queries()
    for _number in range(19):
        world.cart_of(buyer, (world.variant(), 1))
    assert queries() == before == 3
