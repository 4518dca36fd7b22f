"""Vouchers by the API: the quote says what there is, placing takes what was chosen."""

from __future__ import annotations

from typing import Any

import pytest

from bebeli.orders.models import Purchase
from tests import world
from tests.api.conftest import problem
from tests.api.test_buying import asked, filled, place
from tests.vouchers import making

pytestmark = pytest.mark.django_db


def quote(caller: Any, **more: Any) -> dict[str, Any]:
    body = {"address": asked(world.variant())["address"], **more}
    answer = caller.post("checkout/quote/", body)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_the_quote_lists_them_and_chooses_campaigns(api: Any) -> None:
    goods = world.variant(price=60_000)
    automatic = making.voucher(is_automatic=True)
    far = making.voucher(min_purchase=80_000, amount=9_000)
    found = quote(filled(api, goods))
    by_code = {one["code"]: one for one in found["vouchers"]}
    assert (by_code[automatic.code]["saving"], by_code[automatic.code]["chosen"]) == (10_000, True)
    assert by_code[far.code]["reason"] == {
        "code": "voucher_min_purchase",
        "detail": "Belanja Rp20.000 lagi untuk memakai voucher ini.",
    }
    assert (found["discount"], found["campaigns"], found["voucher_problem"]) == (10_000, [automatic.code], None)


def test_placing_takes_the_code_and_the_campaigns(api: Any) -> None:
    stall = world.seller()
    goods = world.variant(stall, price=60_000)
    own, secret = making.own(stall, is_automatic=True), making.voucher(is_public=False)
    caller = filled(api, goods)
    found = quote(caller, voucher=secret.code.lower())
    assert (found["discount"], found["campaigns"]) == (15_000, [own.code])
    body = asked(goods, voucher=secret.code, campaigns=found["campaigns"])
    answer = place(caller, body, key="satu")
    assert answer.status_code == 201, answer.content
    said = answer.json()
    order = said["orders"][0]
    assert (said["discount"], order["seller_discount"], order["platform_discount"]) == (10_000, 5_000, 10_000)
    assert order["promo_payer"] == "regency"
    again = place(caller, body, key="satu")
    assert (again.status_code, again.json()["code"], Purchase.objects.count()) == (201, said["code"], 1)


def test_what_does_not_fit_is_a_problem_with_a_stable_code(api: Any) -> None:
    goods = world.variant(price=60_000)
    caller = filled(api, goods)
    small = making.voucher(min_purchase=80_000)
    assert quote(caller, voucher="TIDAKADA")["voucher_problem"]["code"] == "unknown_voucher"
    problem(place(caller, asked(goods, voucher="TIDAKADA")), 422, "unknown_voucher")
    problem(place(caller, asked(goods, voucher=small.code)), 409, "voucher_min_purchase")
    problem(place(caller, asked(goods, campaigns="x")), 422, "invalid")
    assert not Purchase.objects.exists()
    assert place(caller, asked(goods)).status_code == 201
