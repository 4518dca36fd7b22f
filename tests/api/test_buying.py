"""From the cart to a purchase, and a buyer's own orders."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bebeli.catalog.models import Variant
from bebeli.orders.models import CartLine, Order, Purchase
from tests import world
from tests.api.conftest import Api, problem

ADDRESS = {
    "recipient": "Pembeli Uji",
    "phone": "0812-3456-7890",
    "region": world.VILLAGE,
    "street": "Jl. Contoh 1, RT 001/RW 001",
    "postal_code": "17530",
}


def asked(*goods: Variant, **more: Any) -> dict[str, Any]:
    shipping = {made.product.seller.slug: "pickup" for made in goods}
    return {"address": ADDRESS, "shipping": shipping, "payment_method": "bca_va", "purse": "personal", **more}


def filled(api: Any, *goods: Variant) -> Api:
    caller: Api = api(world.user())
    for made in goods:
        caller.post("cart/lines/", {"sku": made.sku, "quantity": 1})
    return caller


def place(caller: Api, body: dict[str, Any], key: str = "k-1") -> Any:
    return caller.post("purchases/", body, **{"Idempotency-Key": key})


def test_quote_tells_options_by_seller_and_moves_nothing(api: Any) -> None:
    first, second = world.variant(price=10_000), world.variant(price=5_000)
    caller = filled(api, first, second)
    body = caller.post("checkout/quote/", {"address": ADDRESS, "purse": "personal"}).json()
    assert body["total"] == 15_000
    assert [part["subtotal"] for part in body["sellers"]] == [10_000, 5_000]
    assert {"pickup", "local"} <= {option["code"] for option in body["sellers"][0]["options"]}
    assert not Purchase.objects.exists()


def test_quote_needs_goods_and_a_right_address(api: Any) -> None:
    problem(api(world.user()).post("checkout/quote/", {"address": ADDRESS}), 409, "cart_empty")
    caller = filled(api, world.variant())
    wrong = problem(caller.post("checkout/quote/", {"address": {**ADDRESS, "region": "99"}}), 422, "bad_region")
    assert list(wrong["errors"]) == ["address.region"]
    problem(caller.post("checkout/quote/", {"address": {"recipient": "A"}}), 422, "invalid")
    problem(caller.post("checkout/quote/", {"address": {**ADDRESS, "phone": "x"}}), 422, "bad_phone")
    stranger = world.address(world.user())
    problem(caller.post("checkout/quote/", {"address": {"id": stranger.pk}}), 422, "unknown_address")
    problem(caller.post("checkout/quote/", {"address": ADDRESS, "purse": "agency"}), 409, "purse_needs_approval")


def test_placing_with_the_provider_away(api: Any) -> None:
    first, second = world.variant(price=10_000), world.variant(price=5_000)
    caller = filled(api, first, second)
    said = place(caller, asked(first, second))
    assert said.status_code == 201
    body = said.json()
    assert said.headers["Location"] == f"http://testserver/api/v1/purchases/{body['code']}/"
    assert body["total"] == 15_000
    assert [order["code"] for order in body["orders"]] == [f"{body['code']}-1", f"{body['code']}-2"]
    assert (body["payment"]["method"], body["payment"]["status"]) == ("bca_va", "created")
    assert (body["payment"]["va_number"], body["payment"]["qr_string"]) == (None, None)
    assert caller.get(f"purchases/{body['code']}/").json() == body
    assert caller.get("cart/").json()["sellers"] == []


@pytest.mark.parametrize(("method", "number"), [("bca_va", "va_number"), ("qris", "qr_string")])
def test_placing_tells_what_to_pay_with(api: Any, provider: Any, method: str, number: str) -> None:
    goods = world.variant()
    body = place(filled(api, goods), asked(goods, payment_method=method)).json()
    assert body["payment"]["status"] == "pending"
    assert body["payment"][number]


def test_the_same_key_and_body_answer_the_first_201_again(api: Any) -> None:
    goods = world.variant()
    caller = filled(api, goods)
    first, again = place(caller, asked(goods)), place(caller, asked(goods))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert Purchase.objects.count() == 1
    problem(place(caller, asked(goods, payment_method="qris")), 422, "idempotency_mismatch")
    problem(place(caller, asked(goods), key="k-2"), 409, "cart_empty")
    assert Purchase.objects.count() == 1


def test_another_accounts_same_key_is_another_purchase(api: Any) -> None:
    goods = world.variant()
    first, second = place(filled(api, goods), asked(goods)), place(filled(api, goods), asked(goods))
    assert first.json()["code"] != second.json()["code"]


def test_the_key_is_needed(api: Any) -> None:
    goods = world.variant()
    caller = filled(api, goods)
    problem(caller.post("purchases/", asked(goods)), 422, "idempotency_key_required")
    problem(place(caller, asked(goods), key="x" * 256), 422, "idempotency_key_too_long")
    assert not Purchase.objects.exists()


def test_refusals_move_nothing_and_leave_the_key_free(api: Any) -> None:
    goods = world.variant(price=10_000, stock=5)
    caller = filled(api, goods)
    refused = [
        (asked(goods, payment_method="tunai"), 422, "method_not_offered"),
        (asked(goods, purse="company"), 409, "purse_needs_approval"),
        (asked(goods, voucher="HEMAT"), 422, "unknown_voucher"),
        (asked(goods, shipping={goods.product.seller.slug: "unta"}), 422, "shipping_unavailable"),
        (asked(goods, shipping={}), 422, "shipping_unavailable"),
        (asked(goods, shipping={"a\x00": "b"}), 422, "invalid"),
        (asked(goods, shipping=[]), 422, "invalid"),
        (asked(goods, address=None), 422, "invalid"),
        (asked(goods, notes={"x": 5.5, "y": None}), 422, "invalid"),
    ]
    for body, status, code in refused:
        problem(place(caller, body), status, code)
    assert (Purchase.objects.count(), CartLine.objects.count()) == (0, 1)
    assert place(caller, asked(goods)).status_code == 201


def test_sold_out_and_changed_prices_are_named(api: Any) -> None:
    goods = world.variant(price=10_000, stock=5)
    caller = filled(api, goods)
    Variant.objects.filter(pk=goods.pk).update(price=12_000)
    changed = problem(place(caller, asked(goods)), 409, "price_changed")
    assert changed["lines"] == [{"sku": goods.sku, "old": 10_000, "new": 12_000}]
    Variant.objects.filter(pk=goods.pk).update(on_hand=0)
    short = problem(place(caller, asked(goods)), 409, "out_of_stock")
    assert short["skus"] == [{"sku": goods.sku, "available": 0}]
    assert not Purchase.objects.exists()


def test_fields_that_nobody_may_set_are_not_applied(api: Any) -> None:
    goods = world.variant(price=10_000)
    caller = filled(api, goods)
    body = place(caller, asked(goods, total=1, status="paid", buyer=1, price=1, code="BB-GRATIS00")).json()
    assert (body["total"], body["status"]) == (10_000, "awaiting_payment")
    assert Purchase.objects.get().buyer_id == caller.user.pk  # type: ignore[union-attr]


def test_an_address_of_the_book(api: Any) -> None:
    goods = world.variant()
    caller = filled(api, goods)
    kept = world.address(caller.user)  # type: ignore[arg-type]
    assert place(caller, asked(goods, address={"id": kept.pk})).json()["address"]["street"] == kept.street


def test_cancel_an_unpaid_purchase_gives_the_stock_back(api: Any) -> None:
    goods = world.variant()
    caller = filled(api, goods)
    code = place(caller, asked(goods)).json()["code"]
    problem(caller.post(f"orders/{code}-1/cancel/", {}), 409, "purchase_unpaid")
    for _twice in range(2):
        body = caller.post(f"purchases/{code}/cancel/").json()
        assert (body["status"], body["payment"]["status"]) == ("cancelled", "cancelled")
    goods.refresh_from_db()
    assert goods.reserved == 0


def paid(caller: Api, provider: Any, *goods: Variant) -> str:
    code: str = place(caller, asked(*goods)).json()["code"]
    provider.settle(Purchase.objects.get(code=code))
    return code


def test_cancel_a_paid_order_at_once(api: Any, provider: Any) -> None:
    goods = world.variant()
    caller = filled(api, goods)
    code = paid(caller, provider, goods)
    said = caller.post(f"orders/{code}-1/cancel/", {"reason": "Salah pilih"})
    assert (said.status_code, said.json()["status"], said.json()["cancel_reason"]) == (200, "cancelled", "Salah pilih")
    refused = problem(caller.post(f"purchases/{code}/cancel/"), 409, "purchase_not_open")
    assert refused["present_status"] == "paid"
    problem(caller.post(f"orders/{code}-1/receive/"), 409, "wrong_state")


def test_after_accepting_the_maker_is_asked_and_after_shipping_it_is_too_late(api: Any, provider: Any) -> None:
    goods = world.variant()
    caller, maker = filled(api, goods), api(goods.product.seller.members.get().user)
    order = f"{paid(caller, provider, goods)}-1"
    maker.post(f"seller/orders/{order}/accept/")
    said = caller.post(f"orders/{order}/cancel/", {})
    assert (said.status_code, said.json()["status"], said.json()["cancel_asked"]) == (202, "processing", True)
    assert maker.post(f"seller/orders/{order}/decline-cancel/", {"reason": "Sudah dikemas"}).json()["cancel_asked"] is False
    Order.objects.filter(code=order).update(shipping_kind="local")
    assert maker.post(f"seller/orders/{order}/ship/", {"courier": "sendiri"}).json()["status"] == "shipped"
    problem(caller.post(f"orders/{order}/cancel/", {}), 409, "too_late")
    done = caller.post(f"orders/{order}/receive/").json()
    assert done["status"] == "completed"
    assert [event["verb"] for event in done["events"]] == [
        "place", "settle", "accept", "ask_cancel", "decline_cancel", "ship", "deliver", "complete",
    ]  # fmt: skip


def test_strangers_find_nothing(api: Any) -> None:
    goods = world.variant()
    code = place(filled(api, goods), asked(goods)).json()["code"]
    stranger = api(world.user())
    for path in (f"purchases/{code}/", f"orders/{code}-1/"):
        problem(stranger.get(path), 404, "not_found")
    for path in (f"purchases/{code}/cancel/", f"orders/{code}-1/cancel/", f"orders/{code}-1/receive/"):
        problem(stranger.post(path, {}), 404, "not_found")
    assert stranger.get("orders/").json()["results"] == []
    assert Purchase.objects.get().status == "awaiting_payment"


def test_own_orders_by_words_and_status_in_as_many_queries_for_twenty(api: Any) -> None:
    buyer, stall = world.user(), world.seller()
    caller = api(buyer)
    world.placed(buyer, (world.variant(stall, name="Dodol"), 1))
    caller.get("cart/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            caller.get("orders/")
        return len(seen)

    before = queries()
    for _number in range(19):
        world.placed(buyer, (world.variant(stall), 1))
    assert queries() == before == 5
    assert len(caller.get("orders/").json()["results"]) == 20
    (row,) = caller.get("orders/?search=dodol&status=awaiting_payment").json()["results"]
    assert row["lines"][0]["name"] == "Dodol"
    assert caller.get("orders/?status=paid").json()["results"] == []
    problem(caller.get("orders/?status=lunas"), 422, "invalid")


def test_checkout_asks_the_same_for_one_line_and_for_twenty(api: Any) -> None:
    def queries(path: str, lines: int) -> int:
        buyer, stall = world.user(), world.seller()
        goods = [world.variant(stall) for _number in range(lines)]
        world.cart_of(buyer, *[(made, 1) for made in goods])
        caller = api(buyer)
        caller.get("cart/")
        with CaptureQueriesContext(connection) as seen:
            assert caller.post(path, asked(goods[0]), **{"Idempotency-Key": "k"}).status_code in {200, 201}
        return len([query for query in seen if "SAVEPOINT" not in query["sql"]])

    assert queries("checkout/quote/", 1) == queries("checkout/quote/", 20)
    assert queries("checkout/quote/", 1) <= 20
    assert queries("purchases/", 1) == queries("purchases/", 20)
