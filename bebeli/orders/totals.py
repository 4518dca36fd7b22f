"""What a purchase costs: pure functions on whole rupiah."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bebeli.kit import money


@dataclass(frozen=True)
class Rates:
    """Rates at the moment of sale: basis points, and the service fee in rupiah for a purchase."""

    commission_bp: int = 0
    vat_bp: int = 0
    income_tax_bp: int = 0
    service_fee: int = 0


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


def order_parts(goods: int, shipping: int, rates: Rates, *, seller_discount: int = 0, platform: int = 0) -> OrderParts:
    """Return one order's amounts: commission and its PPN half up, PPh 22 down, once per order.

    The base of commission and PPh 22 is goods less the seller's own discount; a platform discount does not lower it.
    """
    base = goods - seller_discount
    commission = money.half_up(base, rates.commission_bp)
    return OrderParts(
        goods=goods,
        shipping=shipping,
        seller_discount=seller_discount,
        platform_discount=platform,
        commission=commission,
        commission_vat=money.half_up(commission, rates.vat_bp),
        income_tax=money.down(base, rates.income_tax_bp),
    )


def purchase_parts(
    goods: Mapping[int, Sequence[int]],
    shipping: Mapping[int, int],
    rates: Rates,
    *,
    seller_discounts: Mapping[int, int] | None = None,
    platform_discount: int = 0,
) -> PurchaseParts:
    """Return the purchase's amounts by seller id.

    `goods` holds each seller's line subtotals, `shipping` each seller's price. A platform discount is split over
    goods after seller discounts by largest remainder, ties by seller id, so that the parts sum to the whole.
    """
    discounts = seller_discounts or {}
    sums = {seller: sum(lines) for seller, lines in goods.items()}
    bases = {seller: amount - discounts.get(seller, 0) for seller, amount in sums.items()}
    platform = money.split(platform_discount, bases)
    orders = {
        seller: order_parts(
            sums[seller],
            shipping[seller],
            rates,
            seller_discount=discounts.get(seller, 0),
            platform=platform[seller],
        )
        for seller in sorted(sums)
    }
    return PurchaseParts(orders, platform_discount, rates.service_fee, vat_within(rates.service_fee, rates.vat_bp))
