"""The worked example of two makers, to the rupiah, and that every posting balances."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bebeli.orders import posting, totals
from bebeli.orders.posting import Gone, Line, OrderMoney, Returned
from bebeli.orders.totals import Rates

RATES = Rates(commission_bp=500, vat_bp=1100, income_tax_bp=50, service_fee=2_000)
A, B = 1, 2
PARTS = totals.purchase_parts(
    {A: [200_000], B: [50_000, 50_000]},
    {A: 15_000, B: 10_000},
    RATES,
    seller_discounts={A: 10_000},
    platform_discount=30_000,
)


def money(seller: int, paid_by: str) -> OrderMoney:
    part = PARTS.orders[seller]
    return OrderMoney(
        order_id=seller * 10,
        seller_id=seller,
        total=part.total,
        platform_discount=part.platform_discount,
        commission=part.commission,
        commission_vat=part.commission_vat,
        income_tax=part.income_tax,
        shipping_price=part.shipping,
        shipping_paid_by=paid_by,
    )


def as_dict(lines: tuple[Line, ...]) -> dict[tuple[str, int | None], int]:
    return {(line.kind, line.seller_id or line.order_id): line.amount for line in lines}


def test_checkout_totals() -> None:
    assert PARTS.total == 287_000
    assert {seller: part.platform_discount for seller, part in PARTS.orders.items()} == {A: 19_655, B: 10_345}
    assert (PARTS.service_fee, PARTS.service_fee_vat) == (2_000, 198)
    assert (PARTS.orders[A].commission, PARTS.orders[A].commission_vat, PARTS.orders[A].income_tax) == (
        9_500,
        1_045,
        950,
    )


def test_a_promo_for_some_sellers_is_split_over_them_alone() -> None:
    goods, ship = {A: [200_000], B: [50_000, 50_000]}, {A: 15_000, B: 10_000}
    parts = totals.purchase_parts(goods, ship, RATES, platform_discount=10_001, platform_weights={B: 10_000})
    assert {seller: part.platform_discount for seller, part in parts.orders.items()} == {A: 0, B: 10_001}


def test_e1_paid() -> None:
    lines = posting.settled([money(A, "platform"), money(B, "seller")], 2_000, 198)
    assert as_dict(lines) == {
        ("gateway", None): 287_000,
        ("promo_platform", None): 30_000,
        ("escrow", 10): -205_000,
        ("escrow", 20): -110_000,
        ("service_fee", None): -1_802,
        ("ppn_output", None): -198,
    }


def test_e4_a_completed() -> None:
    assert as_dict(posting.completed(money(A, "platform"))) == {
        ("escrow", 10): 205_000,
        ("seller_payable", A): -178_505,
        ("commission", None): -9_500,
        ("ppn_output", None): -1_045,
        ("pph22_payable", None): -950,
        ("shipping_payable", None): -15_000,
    }


def test_an_exempt_maker_who_ships_gets_the_shipping_too() -> None:
    exempt = replace(money(B, "seller"), income_tax=0)
    assert as_dict(posting.completed(exempt))["seller_payable", B] == -(110_000 - 5_000 - 550)


def test_a_whole_refund_returns_promo_and_buyer_parts() -> None:
    assert as_dict(posting.refunded(money(B, "seller"), 0, 0)) == {
        ("escrow", 20): 110_000,
        ("promo_platform", None): -10_345,
        ("refund_payable", None): -99_655,
    }


def test_a_promo_is_borne_by_whoever_pays_it_and_goes_back_there() -> None:
    theirs = replace(money(B, "seller"), promo_account="promo_regency")
    paid = as_dict(posting.settled([theirs], 0, 0))
    assert paid == {("gateway", None): 99_655, ("promo_regency", None): 10_345, ("escrow", 20): -110_000}
    assert as_dict(posting.refunded(theirs, 0, 0))["promo_regency", None] == -10_345


def test_the_last_refund_returns_the_fee_with_its_tax() -> None:
    lines = as_dict(posting.refunded(money(B, "seller"), 2_000, 198))
    assert (lines["service_fee", None], lines["ppn_output", None]) == (1_802, 198)
    assert lines["refund_payable", None] == -101_655


def test_confirmation_leaves_by_the_way_it_goes() -> None:
    assert as_dict(posting.refund_confirmed(5, "provider")) == {("refund_payable", None): 5, ("gateway", None): -5}
    assert as_dict(posting.refund_confirmed(5, "bank")) == {("refund_payable", None): 5, ("bank", None): -5}


def reversal(orders: list[OrderMoney], parts: totals.PurchaseParts) -> tuple[Line, ...]:
    """The first order was completed, the second fell with the fee."""
    gone = [
        Gone(one, replace(one, total=0, platform_discount=0) if one.order_id == 1 else one, one.order_id == 0) for one in orders
    ]
    fee, vat = parts.service_fee, parts.service_fee_vat
    refunds = [Returned(one.paid_by_buyer + fee, one.promo, fee, vat, is_open=True) for one in orders[1:2]]
    return posting.reversed_partly(gone, fee, vat, refunds)


amounts = st.integers(min_value=1, max_value=10**9)


@given(
    goods=st.lists(st.tuples(amounts, st.integers(0, 10**6)), min_size=1, max_size=5),
    share=st.integers(0, 100),
    commission=st.integers(0, 3000),
    vat=st.integers(0, 2000),
    tax=st.integers(0, 300),
    fee=st.integers(0, 50_000),
    platform_ships=st.booleans(),
)
def test_everything_always_balances(
    goods: list[tuple[int, int]],
    share: int,
    commission: int,
    vat: int,
    tax: int,
    fee: int,
    platform_ships: bool,  # noqa: FBT001
) -> None:
    rates = Rates(commission, vat, tax, fee)
    discount = sum(amount for amount, _ship in goods) * share // 100
    parts = totals.purchase_parts(
        {number: [amount] for number, (amount, _ship) in enumerate(goods)},
        {number: ship for number, (_amount, ship) in enumerate(goods)},
        rates,
        platform_discount=discount,
    )
    assert sum(part.platform_discount for part in parts.orders.values()) == discount
    assert parts.total == sum(p.total - p.platform_discount for p in parts.orders.values()) + fee
    orders = [
        OrderMoney(n, n, p.total, p.platform_discount, p.commission, p.commission_vat, p.income_tax, p.shipping,
                   "platform" if platform_ships else "seller")
        for n, p in parts.orders.items()
    ]  # fmt: skip
    settled = posting.settled(orders, parts.service_fee, parts.service_fee_vat)
    every = [settled, posting.negation(settled)]
    every += [posting.completed(order) for order in orders]
    every += [posting.refunded(order, parts.service_fee, parts.service_fee_vat) for order in orders]
    every.append(reversal(orders, parts))
    for lines in every:
        assert sum(line.amount for line in lines) == 0
        assert all(line.amount for line in lines)
