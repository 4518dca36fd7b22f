"""What a courier is owed for a parcel whose money the bank took back while it was on its way: steps of somebody's transaction."""

from __future__ import annotations

from collections.abc import Iterable

from bebeli.kit.locks import Locks
from bebeli.orders import ledger, posting
from bebeli.orders.models import Entry, Order


def owe_couriers(locks: Locks, orders: Iterable[Order]) -> None:
    """The parcels of orders that are held now had gone: their couriers get the price as ever, and their sellers owe it."""
    for order in orders:
        lines = posting.courier_owed(ledger.money_of(order))
        if lines and order.status == Order.Status.HELD and order.shipped_at is not None:
            ledger.post(locks, "courier_owed", _key(order, "reversed"), lines, purchase=order.purchase, order=order)


def forgive_couriers(locks: Locks, orders: Iterable[Order]) -> None:
    """The money came again: the courier is paid out of the order's own price once it is completed."""
    known = {entry.idem_key: entry for entry in Entry.objects.filter(order__in=list(orders), kind="courier_owed")}
    for order in orders:
        if entry := known.get(_key(order, "reversed")):
            lines = posting.negation(posting.courier_owed(ledger.money_of(order)))
            key = _key(order, "restored")
            ledger.post(locks, "courier_forgiven", key, lines, purchase=order.purchase, order=order, reverses=entry)


def _key(order: Order, what: str) -> str:
    return f"order:{order.code}:courier_{what}"
