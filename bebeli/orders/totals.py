"""What a purchase costs: pure functions on whole rupiah."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bebeli.kit import money


@dataclass(frozen=True)
class Rates:
    """Rates at the moment of sale: basis points, and the service fee in rupiah for a purchase.

    `special` holds commissions of a maker, a category's path, or both ("" and None: any); `exempt` makers bear no income tax;
    the prices of `taxable` makers (PKP) contain `goods_vat_bp` of PPN, which is theirs to pay.
    """

    commission_bp: int = 0
    vat_bp: int = 0
    income_tax_bp: int = 0
    service_fee: int = 0
    special: Mapping[tuple[int | None, str], int] = field(default_factory=dict)
    exempt: frozenset[int] = frozenset()
    goods_vat_bp: int = 0
    taxable: frozenset[int] = frozenset()

    def commission_of(self, seller: int, path: str) -> int:
        """Return the most specific commission: maker and category, maker, nearest category, general."""
        near = [path[: end + 1] for end in range(len(path) - 1, -1, -1) if path[end] == "/"]
        asked = [*((seller, shelf) for shelf in near), (seller, ""), *((None, shelf) for shelf in near)]
        return next((self.special[key] for key in asked if key in self.special), self.commission_bp)

    def income_tax_of(self, seller: int) -> int:
        """Return the income tax rate of a maker's sale."""
        return 0 if seller in self.exempt else self.income_tax_bp

    def goods_vat_of(self, seller: int) -> int:
        """Return the PPN that a maker's prices contain, in basis points of the price without it."""
        return self.goods_vat_bp if seller in self.taxable else 0


@dataclass(frozen=True)
class OrderParts:
    """One seller's amounts in whole rupiah; `total` is what stands in escrow once paid."""

    goods: int
    shipping: int
    seller_discount: int
    platform_discount: int
    commission: int
    commission_vat: int
    income_tax: int
    line_bps: tuple[int, ...] = ()
    commission_bp: int = 0
    income_tax_bp: int = 0
    goods_vat_bp: int = 0

    @property
    def saving(self) -> int:
        """What vouchers take off for the buyer, whoever pays."""
        return self.seller_discount + self.platform_discount

    @property
    def total(self) -> int:
        """Goods − seller discount + shipping."""
        return self.goods - self.seller_discount + self.shipping


@dataclass(frozen=True)
class PurchaseParts:
    """The whole purchase; `total` is what the buyer pays."""

    orders: Mapping[int, OrderParts]
    platform_discount: int
    service_fee: int
    service_fee_vat: int

    @property
    def goods(self) -> int:
        """Goods after the sellers' own discounts."""
        return sum(part.goods - part.seller_discount for part in self.orders.values())

    @property
    def shipping(self) -> int:
        """All shipping."""
        return sum(part.shipping for part in self.orders.values())

    @property
    def total(self) -> int:
        """What the buyer pays."""
        return self.goods + self.shipping - self.platform_discount + self.service_fee


def vat_within(gross: int, vat_bp: int) -> int:
    """Return the PPN contained in a gross amount, rounded half up."""
    base = money.BASIS + vat_bp
    return (gross * vat_bp * 2 + base) // (base * 2)


def without_vat(gross: int, vat_bp: int) -> int:
    """Return a gross amount less the PPN it contains."""
    return gross - vat_within(gross, vat_bp)


@dataclass(frozen=True)
class Group:
    """One maker's lines: their subtotals, the commission of each in basis points, the maker's income tax and PPN."""

    lines: Sequence[int]
    line_bps: Sequence[int]
    income_tax_bp: int
    goods_vat_bp: int = 0


def commission_on(lines: Sequence[int], line_bps: Sequence[int], discount: int) -> int:
    """Return the commission of an order, rounded half up once; a discount is spread over the lines by largest remainder."""
    off = money.split(discount, dict(enumerate(lines)))
    weighed = sum((amount - off[at]) * line_bps[at] for at, amount in enumerate(lines))
    return (weighed * 2 + money.BASIS) // (money.BASIS * 2)


def order_parts(group: Group, shipping: int, vat_bp: int, *, seller_discount: int = 0, platform: int = 0) -> OrderParts:
    """Return one order's amounts: commission and its PPN half up, PPh 22 down, once per order.

    The base of commission is goods less the seller's own discount, that of PPh 22 the same without the PPN it contains; a
    platform discount lowers neither.
    """
    goods = sum(group.lines)
    base = goods - seller_discount
    commission = commission_on(group.lines, group.line_bps, seller_discount)
    one_for_all = len(set(group.line_bps)) == 1
    return OrderParts(
        goods=goods,
        shipping=shipping,
        seller_discount=seller_discount,
        platform_discount=platform,
        commission=commission,
        commission_vat=money.half_up(commission, vat_bp),
        income_tax=money.down(without_vat(base, group.goods_vat_bp), group.income_tax_bp),
        line_bps=tuple(group.line_bps),
        commission_bp=group.line_bps[0] if one_for_all else (commission * money.BASIS // base if base else 0),
        income_tax_bp=group.income_tax_bp,
        goods_vat_bp=group.goods_vat_bp,
    )


def purchase_parts(
    goods: Mapping[int, Sequence[int]],
    shipping: Mapping[int, int],
    rates: Rates,
    *,
    shelves: Mapping[int, Sequence[str]] | None = None,
    seller_discounts: Mapping[int, int] | None = None,
    platform_discount: int = 0,
    platform_weights: Mapping[int, int] | None = None,
) -> PurchaseParts:
    """Return the purchase's amounts by seller id.

    `goods` holds each seller's line subtotals, `shelves` the category path of each, `shipping` each seller's price. A
    platform discount is split by largest remainder, ties by seller id, so that the parts sum to the whole: over
    `platform_weights` (the sellers it is for), else over goods after seller discounts.
    """
    discounts = seller_discounts or {}
    bases = {seller: sum(amounts) - discounts.get(seller, 0) for seller, amounts in goods.items()}
    platform = dict.fromkeys(goods, 0) | money.split(platform_discount, platform_weights or bases)
    orders = {
        seller: order_parts(
            _group(seller, goods[seller], (shelves or {}).get(seller), rates),
            shipping[seller],
            rates.vat_bp,
            seller_discount=discounts.get(seller, 0),
            platform=platform[seller],
        )
        for seller in sorted(goods)
    }
    return PurchaseParts(orders, platform_discount, rates.service_fee, vat_within(rates.service_fee, rates.vat_bp))


def _group(seller: int, lines: Sequence[int], shelves: Sequence[str] | None, rates: Rates) -> Group:
    paths = shelves or [""] * len(lines)
    bps = [rates.commission_of(seller, path) for path in paths]
    return Group(lines, bps, rates.income_tax_of(seller), rates.goods_vat_of(seller))
