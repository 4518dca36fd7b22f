"""How the verbs of one order take it: purchase first, then its orders, as the one lock order says."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from bebeli.catalog import stock
from bebeli.catalog.models import Variant
from bebeli.kit.locks import Locks
from bebeli.kit.ring import ring
from bebeli.orders import ledger, posting, promos, returns, states, tell
from bebeli.orders.models import Order, OrderLine, Purchase


@dataclass
class Taken:
    """A locked order with its purchase and siblings."""

    locks: Locks
    order: Order
    siblings: list[Order]


def take(order_id: int) -> Taken:
    """Lock one order and its purchase; raises Order.DoesNotExist."""
    locks = Locks()
    purchase = locks.row(Purchase, Order.objects.values_list("purchase_id", flat=True).get(pk=order_id))
    orders = locks.where(Order, Q(purchase=purchase))
    for order in orders:
        order.purchase = purchase
    return Taken(locks, next(order for order in orders if order.pk == order_id), orders)


def call_off(taken: Taken, verb: str, who: states.Who, reason: str) -> None:
    """Cancel a paid order: its stock goes back on the shelf, its money back to the buyer."""
    order = taken.order
    order.cancel_reason = reason[:240]
    taken.locks.rows(Variant, OrderLine.objects.filter(order=order).values_list("variant_id", flat=True))
    states.move(order, verb, who, reason=reason)
    stock.give_back(order.code)
    promos.fall(taken.locks, order, taken.siblings)
    returns.refund_order(taken.locks, order, reason, taken.siblings, who)
    tell.to_buyer("orders.cancelled", order)
    ring("orders.issue_documents", order.pk)


def complete(taken: Taken, verb: str, who: states.Who, reason: str) -> None:
    """The order ends well: what is left of its money becomes the maker's."""
    order = taken.order
    states.move(order, verb, who, reason=reason)
    lines = posting.completed(ledger.rest_of(order))
    if lines:
        ledger.post(taken.locks, "completed", f"order:{order.code}:completed", lines, purchase=order.purchase, order=order)
    tell.to_seller("orders.completed", order)
