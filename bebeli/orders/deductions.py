"""What BEBELI kept of each of a seller's orders, and gave up again: commission, the PPN on it, PPh 22.

Every event is a difference of what is left of an order's frozen amounts before and after it, so that events sum to what is
left. A reversal takes the payment of several sellers in one entry; the part of each comes from the frozen rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from bebeli.orders.models import Entry, Order
from bebeli.orders.totals import without_vat

History = Mapping[int, Sequence[Entry]]  # completion and refunds of each order, oldest first


class Kept(NamedTuple):
    """Amounts in whole rupiah: commission and PPN are on `base`, PPh 22 on `tax_base`, which is without the PPN it contains."""

    base: int
    commission: int
    vat: int
    tax_base: int
    tax: int

    @property
    def fee(self) -> int:
        """Commission with its PPN."""
        return self.commission + self.vat

    def less(self, other: Kept) -> Kept:
        """What is left after another is taken off."""
        return Kept(*(mine - theirs for mine, theirs in zip(self, other, strict=True)))


NOTHING = Kept(0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Deduction:
    """One event of one order; `why` is the entry's kind. What was given up again is below zero."""

    order: Order
    at: datetime
    why: str
    kept: Kept


def of_month(seller_id: int, begin: datetime, end: datetime) -> list[Deduction]:
    """Return a seller's events between two moments, in the order they were booked."""
    booked = Entry.objects.filter(at__gte=begin, at__lt=end).select_related("order", "refund")
    own = booked.filter(order__seller_id=seller_id, kind__in=["completed", "refunded"])
    undone = booked.filter(purchase__orders__seller_id=seller_id, kind__in=["reversed", "restored"])
    entries = sorted({*own, *undone}, key=attrgetter("pk"))
    purchases = {entry.purchase_id for entry in entries if entry.order_id is None}
    orders = {order.purchase_id: order for order in Order.objects.filter(seller_id=seller_id, purchase__in=purchases)}
    about = [(entry, entry.order or orders[entry.purchase_id or 0]) for entry in entries]
    history = _history({order.pk for _entry, order in about})
    found = [Deduction(order, entry.at, entry.kind, _moved(entry, order, history)) for entry, order in about]
    return [row for row in found if row.why == "completed" or row.kept != NOTHING]


def _history(orders: set[int]) -> History:
    rows = Entry.objects.filter(order__in=orders, kind__in=["completed", "refunded"]).select_related("refund").order_by("pk")
    history: dict[int, list[Entry]] = {pk: [] for pk in orders}
    for entry in rows:
        history[entry.order_id or 0].append(entry)
    return history


def _moved(entry: Entry, order: Order, history: History) -> Kept:
    """What an entry added to what is kept of an order: only what was earned is kept at all."""
    before = _left(order, history[order.pk], entry.pk)
    if entry.kind == "completed":
        return before
    if entry.kind == "refunded":
        is_earned = entry.refund is not None and entry.refund.is_earned
        return _left(order, history[order.pk], entry.pk + 1).less(before) if is_earned else NOTHING
    reversal = entry.pk if entry.kind == "reversed" else entry.reverses_id or 0
    if not any(earlier.kind == "completed" and earlier.pk < reversal for earlier in history[order.pk]):
        return NOTHING
    left = _left(order, history[order.pk], reversal)
    return NOTHING.less(left) if entry.kind == "reversed" else left


def _left(order: Order, history: Sequence[Entry], until: int) -> Kept:
    """What is left of an order's frozen amounts after the refunds that were booked before an entry."""
    gone = [entry.refund for entry in history if entry.refund is not None and entry.pk < until]
    base = order.goods_total - order.seller_discount - sum(refund.face - refund.shipping for refund in gone)
    return Kept(
        base=base,
        commission=order.commission - sum(refund.commission for refund in gone),
        vat=order.commission_vat - sum(refund.commission_vat for refund in gone),
        tax_base=without_vat(base, order.goods_vat_bp),
        tax=order.income_tax - sum(refund.income_tax for refund in gone),
    )
