"""What of fallen orders went back: all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bebeli.orders.models import Refund
from bebeli.orders.totals import OrderParts
from demo.load import entries
from demo.load.sales import Part, Sale

if TYPE_CHECKING:
    from demo.load.orders import Ids

WHY = "Salah pilih varian"


def gone(money: OrderParts) -> dict[str, int]:
    """What an order says of itself once it has fallen."""
    return {
        "refunded": money.total,
        "refunded_face": money.total,
        "refunded_shipping": money.shipping,
        "refunded_commission": money.commission,
        "refunded_vat": money.commission_vat,
        "refunded_tax": money.income_tax,
    }


def refund(sale: Sale, part: Part, ids: Ids, number: int) -> dict[str, Any]:
    """The refund of one fallen order, confirmed."""
    fee, money = entries.fee_of(sale, number), sale.money.orders[part.seller_id]
    return {
        "id": ids.refunds[number],
        "key": f"{sale.code}-{number + 1}-r1",
        "attempt_id": ids.attempt,
        "order_id": ids.orders[number],
        "amount": money.total + fee,
        "service_fee": fee,
        "face": money.total,
        "shipping": money.shipping,
        "commission": money.commission,
        "commission_vat": money.commission_vat,
        "income_tax": money.income_tax,
        "channel": Refund.Channel.PROVIDER,
        "state": Refund.State.CONFIRMED,
        "reason": WHY,
        "approved_at": sale.at["cancelled"],
        "requested_at": sale.at["cancelled"],
        "next_at": sale.at["cancelled"],
        "sent_at": sale.at["cancelled"],
        "confirmed_at": sale.at["returned"],
    }
