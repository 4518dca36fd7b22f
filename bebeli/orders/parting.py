"""What of an order's frozen amounts a refund takes: pure functions on whole rupiah.

Face is what the goods cost after the seller's own discount and before the platform's. Every share is the difference of two
sums rounded the one way, before and after: so shares never drift, and whoever takes the last piece takes the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bebeli.kit import money
from bebeli.orders.posting import OrderMoney
from bebeli.orders.totals import without_vat


@dataclass(frozen=True)
class Part:
    """What shall go back: pieces of a line, an amount of its face, or both; without a line an amount of all the goods.

    Pieces without an amount are worth what they cost; with one they are counted and the amount is what goes back.
    """

    line_id: int | None = None
    quantity: int = 0
    face: int | None = None


@dataclass(frozen=True)
class SoldLine:
    """A line as it was sold, and what went back of it: `base` is its subtotal less its share of the seller's discount."""

    pk: int
    quantity: int
    base: int
    commission_bp: int
    fallen: int = 0
    refunded: int = 0

    @property
    def left(self) -> int:
        """The face that can still go back."""
        return self.base - self.refunded

    def worth(self, pieces: int) -> int:
        """Return the face of so many more pieces; the last ones take the rest."""
        if self.fallen + pieces >= self.quantity:
            return self.left
        until = self.base * (self.fallen + pieces) // self.quantity
        return min(until - self.base * self.fallen // self.quantity, self.left)


@dataclass(frozen=True)
class Sold:
    """An order's frozen amounts, what is left of each, its lines, and its rates in basis points."""

    frozen: OrderMoney
    left: OrderMoney
    shipping_left: int
    lines: Sequence[SoldLine]
    vat_bp: int
    income_tax_bp: int
    goods_vat_bp: int = 0


class TooMuchError(ValueError):
    """More was asked for than is left."""


Taken = Mapping[int, tuple[int, int]]  # pieces and face by line


def takes(lines: Sequence[SoldLine], parts: Sequence[Part]) -> Taken:
    """Return pieces and face of each line that goes back; raises TooMuchError, and KeyError for a line that is not there."""
    known = {line.pk: line for line in lines}
    taken: dict[int, tuple[int, int]] = {}
    for part in parts:
        if part.line_id is None:
            shares = _spread(known, taken, part.face or 0)
        else:
            line = known[part.line_id]
            shares = {line.pk: line.worth(part.quantity) if part.face is None else part.face}
        for pk, face in shares.items():
            pieces, sum_so_far = taken.get(pk, (0, 0))
            taken[pk] = (pieces + (part.quantity if pk == part.line_id else 0), sum_so_far + face)
    for pk, (pieces, face) in taken.items():
        if face < 0 or pieces < 0 or face > known[pk].left or known[pk].fallen + pieces > known[pk].quantity:
            raise TooMuchError(pk)
    return {pk: share for pk, share in taken.items() if share != (0, 0)}


def _spread(known: Mapping[int, SoldLine], taken: Taken, face: int) -> dict[int, int]:
    """Spread an amount over what is left of the lines by largest remainder."""
    left = {pk: line.left - taken.get(pk, (0, 0))[1] for pk, line in known.items()}
    if face < 0 or face > sum(left.values()):
        raise TooMuchError
    return {pk: share for pk, share in money.split(face, left).items() if share}


def share_of(sold: Sold, taken: Taken, shipping: int) -> OrderMoney:
    """Return what goes back as amounts of the order: `total` is the face, `platform_discount` the platform's share.

    Raises TooMuchError for more shipping than is left.
    """
    if not 0 <= shipping <= sold.shipping_left:
        raise TooMuchError
    goods = sum(face for _pieces, face in taken.values())
    goods_left = sum(line.left for line in sold.lines) - goods
    kept = _commission(sold.lines, taken)
    commission = max(sold.left.commission - kept, 0)
    kept = sold.left.commission - commission
    return replace(
        sold.left,
        total=goods + shipping,
        platform_discount=_promo(sold, goods_left, shipping),
        commission=commission,
        commission_vat=max(sold.left.commission_vat - money.half_up(kept, sold.vat_bp), 0),
        income_tax=max(sold.left.income_tax - money.down(without_vat(goods_left, sold.goods_vat_bp), sold.income_tax_bp), 0),
        shipping_price=0,
    )


def _commission(lines: Sequence[SoldLine], taken: Taken) -> int:
    """Return the commission of what stays sold, rounded half up once."""
    weighed = sum((line.left - taken.get(line.pk, (0, 0))[1]) * line.commission_bp for line in lines)
    return (weighed * 2 + money.BASIS) // (money.BASIS * 2)


def _promo(sold: Sold, goods_left: int, shipping: int) -> int:
    """Return the platform's share: by goods, rounded down until the last piece; what exceeds the goods lies on shipping."""
    base = sum(line.base for line in sold.lines)
    on_goods = min(sold.frozen.platform_discount, base)
    on_shipping = sold.frozen.platform_discount - on_goods
    gone = base - goods_left
    until = on_goods * gone // base if base else 0
    before = on_goods * (base - sum(line.left for line in sold.lines)) // base if base else 0
    price, shipping_gone = sold.frozen.shipping_price, sold.frozen.shipping_price - sold.shipping_left
    if on_shipping and price:
        until += on_shipping * (shipping_gone + shipping) // price
        before += on_shipping * shipping_gone // price
    return until - before
