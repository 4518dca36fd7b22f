"""One promise of money becomes two that add up to it, and an amount for the buyer becomes parts of an order."""

from __future__ import annotations

from bebeli.orders import parting, returns
from bebeli.orders.models import Refund
from bebeli.orders.parting import Part, Sold

SHARED = ("face", "shipping", "commission", "commission_vat", "income_tax", "owed")


def cut(refund: Refund, amount: int) -> tuple[Refund, Refund]:
    """End a promise and carry it on as two: one of this amount, one of the rest. The books do not move."""
    if not 0 < amount < refund.amount:
        raise ValueError(amount)
    goods = refund.amount - refund.service_fee
    first = min(amount, goods)
    shares = {name: getattr(refund, name) * first // goods if goods else 0 for name in SHARED}
    shares["face"] = first + refund.promo * first // goods if goods and refund.order_id else 0
    shares |= {"amount": amount, "service_fee": amount - first}
    rest = {name: getattr(refund, name) - share for name, share in shares.items()}
    refund.state = Refund.State.FAILED
    refund.save()
    return returns.again(refund, refund.channel, shares), returns.again(refund, refund.channel, rest)


def parts_for(sold: Sold, amount: int) -> tuple[list[Part], int]:
    """Return parts of an order's goods, then of its delivery, for which its buyer gets this amount; raises TooMuchError."""
    goods = sum(line.left for line in sold.lines)
    low, high = 0, goods + sold.shipping_left
    while low < high:
        middle = (low + high) // 2
        if _for_buyer(sold, min(middle, goods), max(middle - goods, 0)) < amount:
            low = middle + 1
        else:
            high = middle
    parts = [Part(face=min(low, goods))]
    if _for_buyer(sold, min(low, goods), max(low - goods, 0)) != amount:
        raise parting.TooMuchError
    return parts, max(low - goods, 0)


def _for_buyer(sold: Sold, face: int, shipping: int) -> int:
    return parting.share_of(sold, parting.takes(sold.lines, [Part(face=face)]), shipping).paid_by_buyer
