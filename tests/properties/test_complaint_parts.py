"""Whatever is agreed about whatever was complained about: its parts sum to it, and none takes more than there is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bebeli.orders.complaints import parts_of, worth
from bebeli.orders.parting import Sold, SoldLine, share_of, takes
from bebeli.orders.posting import OrderMoney


@st.composite
def cases(draw: st.DrawFn) -> tuple[Sold, dict[int, int], int]:
    """An order of which something may have gone back, the pieces complained about, an amount that is left."""
    lines = []
    for pk in range(1, draw(st.integers(1, 4)) + 1):
        quantity = draw(st.integers(1, 6))
        base = draw(st.integers(1, 10_000)) * quantity
        fallen = draw(st.integers(0, quantity - 1))
        lines.append(SoldLine(pk, quantity, base, 500, fallen, base * fallen // quantity))
    shipping = draw(st.integers(0, 20_000))
    left = sum(line.left for line in lines) + shipping
    frozen = OrderMoney(1, 1, sum(line.base for line in lines) + shipping, 0, 0, 0, 0, shipping, "seller")
    rest = OrderMoney(1, 1, left, 0, 0, 0, 0, shipping, "seller")
    wanted = {line.pk: draw(st.integers(0, line.quantity - line.fallen)) for line in lines}
    return Sold(frozen, rest, shipping, lines, 0, 0), wanted, draw(st.integers(1, left))


@given(cases())
def test_parts_sum_to_what_was_agreed(case: tuple[Sold, dict[int, int], int]) -> None:
    sold, wanted, amount = case
    parts, shipping = parts_of(sold, wanted, amount)
    share = share_of(sold, takes(sold.lines, parts), shipping)
    assert (share.total, all((part.face or 0) > 0 for part in parts)) == (amount, True)
    assert 0 <= shipping <= sold.shipping_left


@given(cases())
def test_pieces_are_worth_what_is_left_of_them_at_most(case: tuple[Sold, dict[int, int], int]) -> None:
    sold, wanted, _amount = case
    whole = {line.pk: line.quantity for line in sold.lines}
    assert 0 <= worth(sold, wanted) <= worth(sold, whole) == sold.left.total
