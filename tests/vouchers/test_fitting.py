"""What a voucher takes off, and why it does not fit: pure, to the rupiah."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.sellers.models import Seller
from bebeli.vouchers.fitting import (
    LEAST_PAID,
    NO_DEAL,
    Basket,
    BasketLine,
    History,
    choose,
    offer,
    refusal_of,
    saving,
    strike,
    why_not,
)
from bebeli.vouchers.models import Voucher

NOW = clock.now()
A, B = 1, 2
BASKET = Basket(
    (BasketLine(A, "makanan/keripik/", "32.16.09", 200_000), BasketLine(B, "batik/kain/", "32.16.01", 100_000)),
    {A: 15_000, B: 10_000},
)


def row(**fields: Any) -> Voucher:
    """Rp30.000 off from Rp50.000 on; not saved."""
    values: dict[str, Any] = {
        "pk": 1, "code": "HEMAT", "kind": "amount", "payer": "regency", "amount": 30_000, "min_purchase": 50_000,
        "starts_at": NOW - timedelta(days=1), "ends_at": NOW + timedelta(days=1), "budget": 10**9,
    }  # fmt: skip
    if fields.get("kind", "amount") != "amount":
        values["amount"] = 0
    return Voucher(**{**values, **fields})


def of_seller(seller: int, **fields: Any) -> Voucher:
    stall = Seller(pk=seller, name=f"Toko {seller}")
    return row(**{"payer": "seller", "seller": stall, "budget": None, "amount": 10_000, **fields})


def misfit(voucher: Voucher, basket: Basket = BASKET, history: History | None = None) -> tuple[str, str]:
    found = why_not(voucher, basket, history or History(), NOW)
    return (found.code, found.words) if found else ("", "")


def test_the_worked_examples_promo_falls_on_both() -> None:
    deal = strike([row(), of_seller(A, pk=2)], BASKET, {}, NOW)
    assert (deal.platform_discount, deal.seller_discounts) == (30_000, {A: 10_000})
    assert dict(deal.platform_weights or {}) == {A: 190_000, B: 100_000}
    assert (deal.total, deal.promo_payer) == (40_000, "regency")


def test_a_percentage_stops_at_its_ceiling() -> None:
    half = row(kind="percent", percent_bp=1_000, ceiling=25_000, min_purchase=0)
    assert saving(half, BASKET, {}).amount == 25_000
    assert saving(row(kind="percent", percent_bp=755, ceiling=25_000), BASKET, {}).amount == 22_650
    assert saving(row(kind="percent", percent_bp=755, ceiling=90_000), BASKET, {A: 1}).amount == 22_649


def test_only_lines_it_is_for_count() -> None:
    batik = row(kind="percent", percent_bp=1_000, ceiling=90_000, min_purchase=0, categories=["batik/"])
    near = row(kind="percent", percent_bp=1_000, ceiling=90_000, min_purchase=0, districts=["32.16.01"])
    assert saving(batik, BASKET, {}) == saving(near, BASKET, {})
    assert (saving(batik, BASKET, {}).amount, saving(batik, BASKET, {}).weights) == (10_000, {B: 100_000})
    other = row(categories=["kerajinan/"])
    assert misfit(other) == ("voucher_other_goods", "Belum ada barang di keranjang Anda yang termasuk voucher ini.")


def test_free_shipping_takes_the_shipping_up_to_its_ceiling() -> None:
    free = row(kind="shipping", min_purchase=0)
    assert (saving(free, BASKET, {}).amount, saving(free, BASKET, {}).weights) == (25_000, {A: 15_000, B: 10_000})
    assert saving(row(kind="shipping", ceiling=20_000), BASKET, {}).amount == 20_000
    fetched = Basket(BASKET.lines, {A: 0, B: 0})
    assert misfit(free, fetched)[0] == "voucher_no_shipping"


def test_a_sellers_free_shipping_comes_off_the_goods() -> None:
    cheap = Basket((BasketLine(A, "x/", "d", 9_000),), {A: 15_000})
    assert saving(of_seller(A, kind="shipping", amount=0, min_purchase=0), cheap, {}).amount == 9_000


def test_something_is_always_left_to_pay() -> None:
    small = Basket((BasketLine(A, "x/", "d", 30_500),), {A: 0})
    grant = saving(row(min_purchase=30_001), small, {})
    assert grant.amount == 30_500 - LEAST_PAID
    tiny = Basket((BasketLine(A, "x/", "d", 900),), {A: 0})
    found = refusal_of(saving(row(kind="percent", percent_bp=9_000, ceiling=9_999, min_purchase=0), tiny, {}))
    assert found is not None
    assert found.code == "voucher_too_small"


@pytest.mark.parametrize(
    ("fields", "history", "code"),
    [
        ({"state": "ended"}, History(), "voucher_ended"),
        ({"ends_at": NOW}, History(), "voucher_ended"),
        ({"state": "paused"}, History(), "voucher_paused"),
        ({"starts_at": NOW + timedelta(seconds=1)}, History(), "voucher_not_begun"),
        ({"max_uses": 3, "used": 3}, History(), "voucher_used_up"),
        ({"budget": 30_000, "spent": 1}, History(), "voucher_used_up"),
        ({"per_person": 2}, History(uses=2), "voucher_used"),
        ({"is_first_purchase": True}, History(has_bought=True), "voucher_first_only"),
        ({"purse": "agency"}, History(), "voucher_purse"),
        ({"min_purchase": 320_000}, History(), "voucher_min_purchase"),
    ],
)
def test_why_it_does_not_fit(fields: dict[str, Any], history: History, code: str) -> None:
    assert misfit(row(**fields), history=history)[0] == code
    with pytest.raises(Refused) as refused:
        strike([row(**fields)], BASKET, {1: history}, NOW)
    assert (refused.value.code, refused.value.field) == (code, "voucher")


def test_the_sentence_says_how_much_more() -> None:
    assert misfit(row(min_purchase=320_000))[1] == "Belanja Rp20.000 lagi untuk memakai voucher ini."
    assert misfit(of_seller(3))[1] == "Voucher ini untuk barang dari Toko 3."
    assert misfit(row(purse="agency"))[1] == "Voucher ini hanya untuk belanja dengan uang instansi."


def test_too_little_budget_for_this_purchase_is_said() -> None:
    shown = offer(row(kind="percent", percent_bp=1_000, ceiling=90_000, budget=90_000, spent=70_000), BASKET, History(), NOW, {})
    assert (shown.amount, shown.misfit and shown.misfit.code) == (0, "voucher_used_up")


def test_two_for_one_place_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        strike([row(), row(pk=2)], BASKET, {}, NOW)
    assert refused.value.code == "voucher_conflict"


def test_the_typed_one_comes_first_then_the_best_campaign() -> None:
    small, big = row(pk=2, amount=10_000, is_automatic=True), row(pk=3, amount=20_000, is_automatic=True)
    of_b = of_seller(B, pk=4, is_automatic=True)
    found = choose(None, [small, big, of_b], BASKET, {}, NOW)
    assert [grant.voucher.pk for grant in found.grants] == [4, 3]
    typed = choose(row(amount=5_000), [small, big, of_b], BASKET, {}, NOW)
    assert [grant.voucher.pk for grant in typed.grants] == [4, 1]
    useless = choose(row(state="ended"), [small], BASKET, {}, NOW)
    assert [grant.voucher.pk for grant in useless.grants] == [2]
    assert choose(None, [], BASKET, {}, NOW) == NO_DEAL


amounts = st.integers(min_value=1, max_value=10**8)


@given(
    lines=st.lists(st.tuples(st.integers(1, 4), amounts), min_size=1, max_size=6),
    ship=st.integers(0, 10**5),
    own=st.integers(1, 10**6),
    kind=st.sampled_from(["percent", "amount", "shipping"]),
    value=st.integers(1, 9_000),
)
def test_nothing_is_ever_taken_twice(lines: list[tuple[int, int]], ship: int, own: int, kind: str, value: int) -> None:
    basket = Basket(
        tuple(BasketLine(seller, "x/", "d", amount) for seller, amount in lines), {seller: ship for seller, _amount in lines}
    )
    promo = row(kind=kind, amount=value * 100 if kind == "amount" else 0, percent_bp=value, ceiling=10**6, min_purchase=0)
    vouchers = [of_seller(1, pk=9, amount=own, min_purchase=0, is_automatic=True), promo]
    deal = choose(promo, vouchers, basket, {}, NOW)
    goods = {seller: sum(amount for one, amount in lines if one == seller) for seller, _amount in lines}
    assert all(grant.amount > 0 for grant in deal.grants)
    assert all(amount <= goods[seller] for seller, amount in deal.seller_discounts.items())
    assert deal.total == 0 or deal.total <= sum(goods.values()) + sum(basket.shipping.values()) - LEAST_PAID
    if deal.promo is not None and kind != "shipping":
        left = {seller: amount - deal.seller_discounts.get(seller, 0) for seller, amount in goods.items()}
        assert all(weight <= left[seller] for seller, weight in deal.promo.weights.items())
