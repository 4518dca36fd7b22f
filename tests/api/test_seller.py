"""The seller's door: orders, products, stock."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bebeli.catalog.models import PriceChange, Product, StockMovement, Variant
from bebeli.orders.models import Order
from bebeli.sellers.models import Membership
from tests import returning, world
from tests.api.conftest import Api, problem


@pytest.fixture
def stall(db: None) -> Any:
    """Open a stall."""
    return world.seller()


@pytest.fixture
def maker(api: Any, stall: Any) -> Api:
    """Who runs it."""
    caller: Api = api(stall.members.get().user)
    return caller


@pytest.fixture
def rival(api: Any) -> Api:
    """Who runs another."""
    caller: Api = api(world.seller().members.get().user)
    return caller


def paid_order(stall: Any, provider: Any, **fields: Any) -> Order:
    purchase = world.charged(world.user(), (world.variant(stall), 1), **fields)
    provider.settle(purchase)
    return world.orders_of(purchase)[0]


def test_accept_ship_and_deliver(maker: Api, stall: Any, provider: Any) -> None:
    order = paid_order(stall, provider)
    (row,) = maker.get("seller/orders/?status=paid").json()["results"]
    assert (row["code"], row["ship_to"]["recipient"]) == (order.code, "Pembeli Uji")
    assert maker.post(f"seller/orders/{order.code}/accept/").json()["status"] == "processing"
    problem(maker.post(f"seller/orders/{order.code}/ship/", {"courier": "JNE"}), 422, "waybill_needed")
    sent = maker.post(f"seller/orders/{order.code}/ship/", {"courier": "JNE", "waybill": "jne 123 456"}).json()
    assert (sent["status"], sent["shipping"]["waybill"]) == ("shipped", "JNE123456")
    assert maker.post(f"seller/orders/{order.code}/deliver/").json()["status"] == "delivered"
    problem(maker.post(f"seller/orders/{order.code}/reject/", {"reason": "x"}), 409, "wrong_state")


def test_reject_needs_a_reason(maker: Api, stall: Any, provider: Any) -> None:
    order = paid_order(stall, provider)
    problem(maker.post(f"seller/orders/{order.code}/reject/", {}), 422, "invalid")
    problem(maker.post(f"seller/orders/{order.code}/reject/", {"reason": "  "}), 422, "invalid")
    assert maker.post(f"seller/orders/{order.code}/reject/", {"reason": "Habis"}).json()["status"] == "cancelled"


def test_hand_over_against_the_code(maker: Api, stall: Any, provider: Any) -> None:
    order = paid_order(stall, provider, ship="pickup")
    maker.post(f"seller/orders/{order.code}/accept/")
    problem(maker.post(f"seller/orders/{order.code}/hand-over/", {"code": "SALAH"}), 422, "wrong_code")
    assert "pickup_code" not in maker.get(f"seller/orders/{order.code}/").json()
    done = maker.post(f"seller/orders/{order.code}/hand-over/", {"code": order.pickup_code})
    assert done.json()["status"] == "delivered"


def test_agree_to_cancel(maker: Api, stall: Any, provider: Any, api: Any) -> None:
    order = paid_order(stall, provider)
    problem(maker.post(f"seller/orders/{order.code}/agree-cancel/"), 409, "not_asked")
    maker.post(f"seller/orders/{order.code}/accept/")
    api(order.purchase.buyer).post(f"orders/{order.code}/cancel/", {})
    assert maker.post(f"seller/orders/{order.code}/agree-cancel/").json()["status"] == "cancelled"


def test_another_sellers_order_is_404(rival: Api, stall: Any, provider: Any) -> None:
    order = paid_order(stall, provider)
    problem(rival.get(f"seller/orders/{order.code}/"), 404, "not_found")
    bodies: dict[str, Any] = {"reject": {"reason": "x"}, "ship": {"courier": "sendiri"}, "hand-over": {"code": "x"}}
    for step in ("accept", "reject", "ship", "deliver", "hand-over", "agree-cancel", "decline-cancel"):
        problem(rival.post(f"seller/orders/{order.code}/{step}/", bodies.get(step, {})), 404, "not_found")
    assert rival.get("seller/orders/").json()["results"] == []
    order.refresh_from_db()
    assert order.status == "paid"


def test_orders_ask_the_same_for_one_row_and_for_twenty(maker: Api, stall: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            maker.get("seller/orders/")
        return len(seen)

    def add() -> None:
        order = world.orders_of(world.placed(world.user(), (world.variant(stall), 1)))[0]
        Order.objects.filter(pk=order.pk).update(status="paid")

    add()
    maker.get("cart/")
    before = queries()
    for _number in range(19):
        add()
    assert queries() == before == 5
    assert len(maker.get("seller/orders/").json()["results"]) == 20


NEW = {
    "category": "keripik",
    "name": "Keripik Singkong",
    "description": "Renyah <script>alert(1)</script>",
    "variants": [
        {"sku": "KS-1", "price": 12_000, "weight_g": 150, "options": {"Rasa": "Asin"}, "on_hand": 5},
        {"price": 13_000, "weight_g": 150, "options": {"Rasa": "Pedas"}},
    ],
}


@pytest.fixture
def made(maker: Api) -> dict[str, Any]:
    """Write a draft."""
    world.category()
    said = maker.post("seller/products/", NEW)
    assert said.status_code == 201
    body: dict[str, Any] = said.json()
    return body


def test_a_new_product_is_a_draft_with_its_variants(made: dict[str, Any], maker: Api, guest: Api) -> None:
    assert (made["slug"], made["status"], made["price_from"], made["in_stock"]) == (
        "keripik-singkong", "draft", 12_000, True,
    )  # fmt: skip
    assert made["axes"] == [{"name": "Rasa", "options": ["Asin", "Pedas"]}]
    assert [(row["sku"] == "KS-1", row["on_hand"]) for row in made["variants"]] == [(True, 5), (False, 0)]
    problem(guest.get(f"products/{made['slug']}/"), 404, "not_found")
    assert maker.post(f"seller/products/{made['slug']}/publish/").json()["status"] == "published"
    assert guest.get("products/?search=singkong").json()["results"][0]["slug"] == made["slug"]
    assert guest.get(f"products/{made['slug']}/").json()["description"] == NEW["description"]
    assert maker.post("seller/products/", {**NEW, "variants": []}).json()["slug"].startswith("keripik-singkong-")


def test_change_replace_archive_restore(made: dict[str, Any], maker: Api, guest: Api) -> None:
    path = f"seller/products/{made['slug']}/"
    maker.post(f"{path}publish/")
    changed = maker.patch(path, {"name": "Keripik Talas", "status": "archived", "seller": "x", "price_from": 1}).json()
    assert (changed["name"], changed["slug"], changed["status"], changed["price_from"]) == (
        "Keripik Talas", made["slug"], "published", 12_000,
    )  # fmt: skip
    assert changed["description"] == NEW["description"]
    assert guest.get("products/?search=talas").json()["results"][0]["slug"] == made["slug"]
    put = maker.call("PUT", path, {"category": "keripik", "name": "Keripik Ubi"}).json()
    assert (put["name"], put["description"]) == ("Keripik Ubi", "")
    assert maker.delete(path).status_code == 204
    problem(guest.get(f"products/{made['slug']}/"), 404, "not_found")
    assert maker.get("seller/products/?status=archived").json()["results"][0]["slug"] == made["slug"]
    assert maker.post(f"{path}restore/").json()["status"] == "draft"


def test_variants(made: dict[str, Any], maker: Api) -> None:
    path = f"seller/products/{made['slug']}/variants/"
    added = maker.post(path, {"sku": "ks-3", "price": 9_000, "options": {"Rasa": "Manis"}, "on_hand": 2})
    assert (added.status_code, added.json()["sku"], added.json()["on_hand"]) == (201, "KS-3", 2)
    assert maker.get(f"seller/products/{made['slug']}/").json()["price_from"] == 9_000
    assert maker.patch(f"{path}KS-3/", {"price": 9_500, "on_hand": 99}).json()["on_hand"] == 2
    assert list(PriceChange.objects.filter(variant__sku="KS-3").order_by("pk").values_list("price", flat=True)) == [
        9000,
        9500,
    ]
    problem(maker.post(path, {"price": 1_000, "options": {"Rasa": "Manis"}}), 422, "same_options")
    problem(maker.post(path, {"sku": "KS-1", "price": 1_000, "options": {"Rasa": "Baru"}}), 422, "sku_taken")
    problem(maker.post(path, {"price": 0}), 422, "invalid")
    problem(maker.post(path, {"price": 10**18}), 422, "invalid")
    problem(maker.post(path, {"price": 1, "options": {"a\x00": "b"}}), 422, "invalid")
    problem(maker.patch(f"{path}TIDAK-ADA/", {"price": 1}), 404, "not_found")


def test_stock_by_count_and_by_difference(made: dict[str, Any], maker: Api) -> None:
    assert maker.patch("seller/variants/KS-1/stock/", {"on_hand": 20}).json()["on_hand"] == 20
    assert maker.patch("seller/variants/KS-1/stock/", {"delta": -8}).json()["available"] == 12
    problem(maker.patch("seller/variants/KS-1/stock/", {"delta": -13}), 422, "bad_stock")
    for wrong in ({}, {"on_hand": 1, "delta": 1}, {"on_hand": -1}, {"on_hand": "x"}, {"delta": 10**20}):
        problem(maker.patch("seller/variants/KS-1/stock/", wrong), 422, "invalid")
    Variant.objects.filter(sku="KS-1").update(reserved=5)
    assert problem(maker.patch("seller/variants/KS-1/stock/", {"on_hand": 4}), 409, "below_reserved")["reserved"] == 5
    moves = StockMovement.objects.filter(variant__sku="KS-1").order_by("pk").values_list("kind", "delta", "on_hand_after")
    assert list(moves) == [("opening", 5, 5), ("adjustment", 15, 20), ("adjustment", -8, 12)]


def test_another_sellers_products_are_404(made: dict[str, Any], rival: Api) -> None:
    path = f"seller/products/{made['slug']}/"
    problem(rival.get(path), 404, "not_found")
    problem(rival.patch(path, {"name": "Punya Saya"}), 404, "not_found")
    problem(rival.call("PUT", path, {"name": "Punya Saya", "category": "keripik"}), 404, "not_found")
    problem(rival.delete(path), 404, "not_found")
    for step in ("publish", "restore"):
        problem(rival.post(f"{path}{step}/"), 404, "not_found")
    problem(rival.post(f"{path}variants/", {"price": 1}), 404, "not_found")
    problem(rival.patch(f"{path}variants/KS-1/", {"price": 1}), 404, "not_found")
    problem(rival.patch("seller/variants/KS-1/stock/", {"on_hand": 0}), 404, "not_found")
    assert rival.get("seller/products/").json()["results"] == []
    assert Product.objects.get().status == "draft"


def test_wrong_products_are_named_at_their_field(maker: Api) -> None:
    world.category()
    wrong = problem(maker.post("seller/products/", {**NEW, "category": "lain"}), 422, "unknown_category")
    assert list(wrong["errors"]) == ["category"]
    bad_sku = {**NEW, "variants": [{"price": 1_000, "sku": "a b c"}]}
    assert list(problem(maker.post("seller/products/", bad_sku), 422, "bad_sku")["errors"]) == ["variants.0.sku"]
    bodies: list[dict[str, Any]] = [
        {**NEW, "variants": [{"price": -1}]},
        {**NEW, "name": 5 * "x" * 100},
        {**NEW, "tags": ["a"] * 11},
    ]
    bodies += [{**NEW, "variants": {}}, {**NEW, "ship_scope": "bulan"}, {**NEW, "is_service": "entah"}]
    for body in bodies:
        problem(maker.post("seller/products/", body), 422, "invalid")
    problem(maker.post("seller/products/", {**NEW, "seller": world.seller().slug}), 422, "seller_needed")
    assert not Product.objects.exists()


def test_who_acts_for_two_says_for_which(maker: Api, stall: Any) -> None:
    world.category()
    second = world.seller()
    Membership.objects.create(seller=second, user=stall.members.get().user)
    problem(maker.post("seller/products/", NEW), 422, "seller_needed")
    assert maker.post("seller/products/", {**NEW, "seller": second.slug}).json()["seller"]["slug"] == second.slug


def test_what_nobody_can_buy_is_not_published(maker: Api) -> None:
    world.category()
    bare = maker.post("seller/products/", {"category": "keripik", "name": "Kosong"}).json()
    problem(maker.post(f"seller/products/{bare['slug']}/publish/"), 409, "no_variant")


def test_an_order_that_was_never_paid_is_not_shown_to_its_maker(maker: Api, stall: Any) -> None:
    purchase = world.placed(world.user(), (world.variant(stall), 1))
    (order,) = world.orders_of(purchase)
    for status in ("awaiting_payment", "cancelled", "expired"):
        Order.objects.filter(pk=order.pk).update(status=status)
        assert maker.get("seller/orders/").json()["results"] == []
        problem(maker.get(f"seller/orders/{order.code}/"), 404, "not_found")


def test_a_maker_short_of_something_gives_it_back_once(maker: Api, rival: Api, stall: Any) -> None:
    order = returning.order(pieces=3, stall=stall)
    said = {"sku": order.lines.get().sku, "quantity": 1, "left": 3, "goods": "kembali", "reason": "Satu pecah"}
    problem(rival.post(f"seller/orders/{order.code}/short/", said), 404, "not_found")
    problem(maker.post(f"seller/orders/{order.code}/short/", {**said, "sku": "LAIN"}), 422, "not_a_line")
    problem(maker.post(f"seller/orders/{order.code}/short/", {**said, "goods": "entah"}), 422, "invalid")
    for _each in range(2):
        answer = maker.post(f"seller/orders/{order.code}/short/", said).json()
        assert (answer["status"], answer["refunded"], answer["lines"][0]["fallen"]) == ("processing", 50_000, 1)
    problem(maker.post(f"seller/orders/{order.code}/short/", {**said, "quantity": 2}), 409, "line_changed")
