"""Which accounts a business event moves: pure functions on frozen amounts. Debit positive, credit negative.

Source of the cases: the worked example whose totals `tests/orders/test_posting.py` repeats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bebeli.orders.models.ledger import Account

K = Account.Kind
OF_OTHERS = frozenset({K.ESCROW, K.SELLER_PAYABLE, K.SELLER_RECEIVABLE, K.SHIPPING_PAYABLE})


@dataclass(frozen=True)
class Line:
    """One side: account kind, its seller where it has one, the escrow's order where it has one, signed rupiah."""

    kind: str
    amount: int
    seller_id: int | None = None
    order_id: int | None = None


@dataclass(frozen=True)
class OrderMoney:
    """The frozen amounts of one order that the books need."""

    order_id: int
    seller_id: int
    total: int
    platform_discount: int
    commission: int
    commission_vat: int
    income_tax: int
    shipping_price: int
    shipping_paid_by: str
    promo_account: str = K.PROMO_PLATFORM

    @property
    def promo(self) -> Line:
        """What whoever pays the promo bears of it."""
        return Line(self.promo_account, self.platform_discount)

    @property
    def paid_by_buyer(self) -> int:
        """The buyer's own part."""
        return self.total - self.platform_discount

    @property
    def platform_shipping(self) -> int:
        """Shipping that BEBELI owes a courier."""
        return self.shipping_price if self.shipping_paid_by == "platform" else 0

    @property
    def net(self) -> int:
        """What the seller gets."""
        return self.total - self.commission - self.commission_vat - self.income_tax - self.platform_shipping


def _moving(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.amount)


def settled(orders: Sequence[OrderMoney], service_fee: int, service_fee_vat: int, till: str = K.GATEWAY) -> tuple[Line, ...]:
    """The buyer's money came: the till (and the promo of whoever pays it) into each order's escrow, the service fee, its PPN.

    `till` is where it came: at the provider, or in our own bank account.
    """
    promo: Counter[str] = Counter()
    for order in orders:
        promo[order.promo_account] += order.platform_discount
    paid = sum(order.paid_by_buyer for order in orders) + service_fee
    return _moving(
        [
            Line(till, paid),
            *(Line(account, amount) for account, amount in promo.items()),
            *(Line(K.ESCROW, -order.total, order_id=order.order_id) for order in orders),
            Line(K.SERVICE_FEE, -(service_fee - service_fee_vat)),
            Line(K.PPN_OUTPUT, -service_fee_vat),
        ]
    )


def completed(order: OrderMoney) -> tuple[Line, ...]:
    """The buyer has it: escrow becomes the seller's payable, our commission and the taxes on both.

    `order` is what is left of it after refunds. Where a courier costs more than that, the seller owes the difference.
    """
    return _moving(
        [
            Line(K.ESCROW, order.total, order_id=order.order_id),
            Line(K.SELLER_PAYABLE if order.net > 0 else K.SELLER_RECEIVABLE, -order.net, seller_id=order.seller_id),
            Line(K.COMMISSION, -order.commission),
            Line(K.PPN_OUTPUT, -order.commission_vat),
            Line(K.PPH22_PAYABLE, -order.income_tax),
            Line(K.SHIPPING_PAYABLE, -order.platform_shipping),
        ]
    )


def refunded(share: OrderMoney, service_fee: int, service_fee_vat: int) -> tuple[Line, ...]:
    """An order falls, whole or in part: escrow goes back to buyer and promo's payer; the fee too when all have fallen."""
    return _moving(
        [
            Line(K.ESCROW, share.total, order_id=share.order_id),
            *negation([share.promo]),
            Line(K.SERVICE_FEE, service_fee - service_fee_vat),
            Line(K.PPN_OUTPUT, service_fee_vat),
            Line(K.REFUND_PAYABLE, -(share.paid_by_buyer + service_fee)),
        ]
    )


def courier_owed(order: OrderMoney) -> tuple[Line, ...]:
    """All of an order went back whose parcel had gone: its courier gets the price as ever, and its seller owes it."""
    price = order.platform_shipping
    return _moving([Line(K.SELLER_RECEIVABLE, price, seller_id=order.seller_id), Line(K.SHIPPING_PAYABLE, -price)])


def refunded_earned(share: OrderMoney, owed: int) -> tuple[Line, ...]:
    """What a seller has earned goes back: commission and taxes on it, and the rest from the seller.

    `owed` of the seller's part is more than the balance holds: that becomes the seller's debt.
    """
    return _moving(
        [
            Line(K.COMMISSION, share.commission),
            Line(K.PPN_OUTPUT, share.commission_vat),
            Line(K.PPH22_PAYABLE, share.income_tax),
            Line(K.SELLER_PAYABLE, share.net - owed, seller_id=share.seller_id),
            Line(K.SELLER_RECEIVABLE, owed, seller_id=share.seller_id),
            *negation([share.promo]),
            Line(K.REFUND_PAYABLE, -share.paid_by_buyer),
        ]
    )


def refund_confirmed(amount: int, channel: str) -> tuple[Line, ...]:
    """The money reached the buyer: from the provider's balance, or from our bank account."""
    return (Line(K.REFUND_PAYABLE, amount), Line(K.GATEWAY if channel == "provider" else K.BANK, -amount))


def unallocated(amount: int, till: str = K.GATEWAY) -> tuple[Line, ...]:
    """Money came that pays for nothing."""
    return (Line(till, amount), Line(K.UNALLOCATED, -amount))


def unallocated_refund(amount: int) -> tuple[Line, ...]:
    """That money is promised back."""
    return (Line(K.UNALLOCATED, amount), Line(K.REFUND_PAYABLE, -amount))


def left_outside(amount: int) -> tuple[Line, ...]:
    """The provider gave money out that no order has to bear: its buyer has it twice."""
    return (Line(K.UNALLOCATED, amount), Line(K.GATEWAY, -amount))


def double_recovered(amount: int) -> tuple[Line, ...]:
    """What its payer had twice was paid back into our bank account."""
    return (Line(K.BANK, amount), Line(K.UNALLOCATED, -amount))


def double_not_taken(amount: int) -> tuple[Line, ...]:
    """The provider took only what was left of the payment: what we thought out twice it holds for us still."""
    return (Line(K.GATEWAY, amount), Line(K.UNALLOCATED, -amount))


def double_written_off(amount: int) -> tuple[Line, ...]:
    """What its payer has twice will not come back."""
    return (Line(K.LOSS, amount), Line(K.UNALLOCATED, -amount))


def gateway_fee(fee: int, vat: int) -> tuple[Line, ...]:
    """The provider kept its fee; the PPN in it is ours to set off."""
    return _moving([Line(K.GATEWAY_FEE, fee - vat), Line(K.PPN_INPUT, vat), Line(K.GATEWAY, -fee)])


def gateway_settled(net: int) -> tuple[Line, ...]:
    """What the provider held came to our bank; a negative net is what it took off for money that went back."""
    return _moving([Line(K.BANK, net), Line(K.GATEWAY, -net)])


def debt_settled(seller_id: int, amount: int) -> tuple[Line, ...]:
    """What a seller owes is taken from what the seller may have."""
    return (Line(K.SELLER_PAYABLE, amount, seller_id=seller_id), Line(K.SELLER_RECEIVABLE, -amount, seller_id=seller_id))


def payout_requested(seller_id: int, amount: int) -> tuple[Line, ...]:
    """What a seller may have goes on its way."""
    return (Line(K.SELLER_PAYABLE, amount, seller_id=seller_id), Line(K.PAYOUT_PENDING, -amount, seller_id=seller_id))


def payout_completed(seller_id: int, amount: int) -> tuple[Line, ...]:
    """The money reached the seller's bank account, out of ours."""
    return (Line(K.PAYOUT_PENDING, amount, seller_id=seller_id), Line(K.BANK, -amount))


def payout_owed(seller_id: int, amount: int, owed: int) -> tuple[Line, ...]:
    """What was given back to a seller had reached the seller's bank account all the same.

    `owed` of it is more than the balance holds: that becomes the seller's debt.
    """
    return _moving(
        [
            Line(K.SELLER_PAYABLE, amount - owed, seller_id=seller_id),
            Line(K.SELLER_RECEIVABLE, owed, seller_id=seller_id),
            Line(K.BANK, -amount),
        ]
    )


def remitted(account: str, amount: int, set_off: int, *, comes_in: bool) -> tuple[Line, ...]:
    """Money left our bank account to whom it belongs, or came from who owed it; `set_off` is input PPN in its place."""
    sign = -1 if comes_in else 1
    return _moving([Line(account, (amount + set_off) * sign), Line(K.PPN_INPUT, -set_off), Line(K.BANK, -amount * sign)])


def negation(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The exact opposite."""
    return tuple(Line(line.kind, -line.amount, line.seller_id, line.order_id) for line in lines)


@dataclass(frozen=True)
class Returned:
    """A refund as a reversal sees it, and whether it is still only promised."""

    amount: int
    promo: Line
    service_fee: int
    service_fee_vat: int
    is_open: bool


@dataclass(frozen=True)
class Gone:
    """An order at its payment's reversal: as it was sold, what is left of it, and whether the seller has earned that."""

    sold: OrderMoney
    rest: OrderMoney
    is_released: bool


def reversed_partly(
    orders: Sequence[Gone], service_fee: int, service_fee_vat: int, refunds: Sequence[Returned]
) -> tuple[Line, ...]:
    """The provider took the money back after some of it had gone on.

    What was released becomes the seller's debt for what the seller got; our part of it is reversed. A refund that was still
    only promised falls, because its buyer has the money already. Where it was paid too, the buyer has it twice: that stands
    in UNALLOCATED until its case ends.
    """
    undone = negation(settled([order.sold for order in orders], service_fee, service_fee_vat))
    lines = [line for line in undone if line.kind != K.ESCROW]
    for order in orders:
        if order.is_released:
            ours = [line for line in negation(completed(order.rest)) if line.kind not in OF_OTHERS]
            owed = order.rest.net + order.rest.platform_shipping  # its courier keeps the price: the parcel went
            lines += [Line(K.SELLER_RECEIVABLE, owed, seller_id=order.rest.seller_id), *ours]
        else:
            lines.append(Line(K.ESCROW, order.rest.total, order_id=order.rest.order_id))
    for refund in refunds:
        lines += [
            Line(K.REFUND_PAYABLE if refund.is_open else K.UNALLOCATED, refund.amount),
            refund.promo,
            Line(K.SERVICE_FEE, refund.service_fee_vat - refund.service_fee),
            Line(K.PPN_OUTPUT, -refund.service_fee_vat),
        ]
    return _moving(lines)
