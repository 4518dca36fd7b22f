"""However an order goes back, its parts sum to the whole: nothing is lost, nothing is given twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bebeli.kit import money
from bebeli.orders import parting, posting, totals
from bebeli.orders.parting import Part, Sold, SoldLine
from bebeli.orders.posting import OrderMoney

pieces = st.integers(1, 9)
prices = st.integers(1, 10**7)
orders = st.tuples(
    st.lists(st.tuples(pieces, prices, st.sampled_from([0, 250, 500])), min_size=1, max_size=4),
    st.integers(0, 10**5),
    st.integers(0, 100),
    st.integers(0, 120),
)


def sold(lines: list[tuple[int, int, int]], shipping: int, seller_off: int, promo: int) -> Sold:
    """An order as checkout makes it, one of several lines of a PKP; discounts in percent, the promo may reach into shipping."""
    inside = 1100 if len(lines) > 1 else 0
    amounts = [quantity * price for quantity, price, _bp in lines]
    discount = sum(amounts) * seller_off // 100
    given = min((sum(amounts) - discount) * promo // 100, sum(amounts) - discount + shipping)
    group = totals.Group(amounts, [bp for *_rest, bp in lines], 50, inside)
    made = totals.order_parts(group, shipping, 1100, seller_discount=discount, platform=given)
    frozen = OrderMoney(
        1, 1, made.total, given, made.commission, made.commission_vat, made.income_tax, shipping, "seller",
    )  # fmt: skip
    off = money.split(discount, dict(enumerate(amounts)))
    rows = [SoldLine(at, quantity, amounts[at] - off[at], bp) for at, (quantity, _price, bp) in enumerate(lines)]
    return Sold(frozen, frozen, shipping, rows, 1100, 50, inside)


def after(before: Sold, taken: parting.Taken, share: OrderMoney, shipping: int) -> Sold:
    """What is left then."""
    names = ("total", "platform_discount", "commission", "commission_vat", "income_tax")
    left = replace(before.left, **{name: getattr(before.left, name) - getattr(share, name) for name in names})
    rows = [
        replace(line, fallen=line.fallen + taken.get(line.pk, (0, 0))[0], refunded=line.refunded + taken.get(line.pk, (0, 0))[1])
        for line in before.lines
    ]
    return replace(before, left=left, lines=rows, shipping_left=before.shipping_left - shipping)


@given(order=orders, steps=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 10**6)), max_size=8))
def test_parts_sum_to_the_whole(
    order: tuple[list[tuple[int, int, int]], int, int, int], steps: list[tuple[int, int, int]]
) -> None:
    now = sold(*order)
    for at, quantity, amount in steps:
        line = now.lines[at % len(now.lines)]
        wish = Part(line.pk, quantity=quantity) if amount % 2 else Part(face=amount)
        shipping = min(amount % 7_000, now.shipping_left)
        now = step(now, [wish], shipping)
    everything = [Part(line.pk, line.quantity - line.fallen, line.left) for line in now.lines]
    now = step(now, everything, now.shipping_left)
    assert (now.left.total, now.left.platform_discount, now.left.commission) == (0, 0, 0)
    assert (now.left.commission_vat, now.left.income_tax, now.left.net) == (0, 0, 0)


def step(now: Sold, wishes: list[Part], shipping: int) -> Sold:
    """Take it or be refused; either way nothing is below zero."""
    try:
        taken = parting.takes(now.lines, wishes)
        share = parting.share_of(now, taken, shipping)
    except parting.TooMuchError:
        return now
    assert min(share.total, share.platform_discount, share.commission, share.commission_vat, share.income_tax) >= 0
    assert share.paid_by_buyer >= 0
    for lines in (posting.refunded(share, 0, 0), posting.refunded_earned(share, min(5, share.net)) if share.net > 0 else ()):
        assert sum(line.amount for line in lines) == 0
    return after(now, taken, share, shipping)


def test_pieces_round_down_and_the_last_takes_the_rest() -> None:
    line = SoldLine(1, 3, 10_000, 0)
    assert line.worth(1) == 3_333
    assert replace(line, fallen=2, refunded=6_666).worth(1) == 3_334
    assert line.worth(3) == 10_000


def test_a_line_of_another_order_is_no_line_of_this() -> None:
    with pytest.raises(KeyError):
        parting.takes([SoldLine(1, 1, 5, 0)], [Part(2, quantity=1)])
