"""Every move an order may make, and the only place that sets its status."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.steps import assert_open
from bebeli.orders.models import Order, OrderEvent

S = Order.Status

# verb → {from: to}. A pair that is not here does not exist.
MOVES: dict[str, dict[str, str]] = {
    "place": {"": S.AWAITING},
    "settle": {S.AWAITING: S.PAID, S.EXPIRED: S.PAID},
    "expire": {S.AWAITING: S.EXPIRED},
    "cancel_unpaid": {S.AWAITING: S.CANCELLED},
    "accept": {S.PAID: S.PROCESSING},
    "reject": {S.PAID: S.CANCELLED, S.PROCESSING: S.CANCELLED},
    "cancel": {S.PAID: S.CANCELLED},
    "time_out": {S.PAID: S.CANCELLED, S.PROCESSING: S.CANCELLED},
    "ask_cancel": {S.PROCESSING: S.PROCESSING},
    "agree_cancel": {S.PROCESSING: S.CANCELLED},
    "decline_cancel": {S.PROCESSING: S.PROCESSING},
    "short": {S.PROCESSING: S.PROCESSING},
    "call_off": {S.PAID: S.CANCELLED, S.PROCESSING: S.CANCELLED},
    "cancel_held": {S.HELD: S.CANCELLED},
    "restore_paid": {S.HELD: S.PAID},
    "restore_processing": {S.HELD: S.PROCESSING},
    "restore_shipped": {S.HELD: S.SHIPPED},
    "restore_delivered": {S.HELD: S.DELIVERED},
    "restore_disputed": {S.HELD: S.DISPUTED},
    "ship": {S.PROCESSING: S.SHIPPED},
    "hand_over": {S.PROCESSING: S.DELIVERED},
    "deliver": {S.SHIPPED: S.DELIVERED},
    "complete": {S.DELIVERED: S.COMPLETED},
    "dispute": {S.SHIPPED: S.DISPUTED, S.DELIVERED: S.DISPUTED, S.COMPLETED: S.COMPLETED},
    "go_on_shipped": {S.DISPUTED: S.SHIPPED},
    "go_on_delivered": {S.DISPUTED: S.DELIVERED},
    "release": {S.DISPUTED: S.COMPLETED},
    "refund": {S.DISPUTED: S.REFUNDED},
    "reverse": {
        S.PAID: S.HELD,
        S.PROCESSING: S.HELD,
        S.SHIPPED: S.HELD,
        S.DELIVERED: S.HELD,
        S.DISPUTED: S.HELD,
    },
}

ARRIVED = frozenset({S.DELIVERED, S.COMPLETED})  # from here on the days to complain stand, whatever the setting becomes
FINAL = frozenset({S.COMPLETED, S.CANCELLED, S.EXPIRED, S.REFUNDED})


@dataclass(frozen=True)
class Who:
    """Who makes a move: the side, and the person where there is one."""

    actor: str
    user_id: int | None = None


SYSTEM = Who(OrderEvent.Actor.SYSTEM)
PROVIDER = Who(OrderEvent.Actor.PROVIDER)


def buyer(user_id: int | None) -> Who:
    """The buyer, signed in or a guest."""
    return Who(OrderEvent.Actor.BUYER, user_id)


def seller(user_id: int) -> Who:
    """A member of the seller."""
    return Who(OrderEvent.Actor.SELLER, user_id)


def officer(user_id: int) -> Who:
    """An officer of the Dinas, or of finance."""
    return Who(OrderEvent.Actor.OFFICER, user_id)


def may(order: Order, verb: str) -> bool:
    """Tell whether the verb's move exists from where the order is."""
    return order.status in MOVES[verb]


def has_gone(order: Order, verb: str) -> bool:
    """Tell whether the order is already where the verb leads; the same verb twice is a quiet success."""
    return order.status not in MOVES[verb] and order.status in MOVES[verb].values()


def refuse(order: Order, verb: str) -> Refused:
    """Return the refusal for a move that does not exist."""
    return Refused(
        "wrong_state",
        _("Pesanan %(code)s sudah %(status)s, jadi langkah ini tidak bisa dilakukan lagi.")
        % {"code": order.code, "status": order.get_status_display()},
        verb=verb,
        status=order.status,
    )


def move(order: Order, verb: str, who: Who, *, reason: str = "") -> OrderEvent:
    """Move a locked order and write down who, from, to, why and when; raises Refused for an unknown move."""
    assert_open()
    if order.status not in MOVES[verb]:
        raise refuse(order, verb)
    came_from, order.status = order.status, MOVES[verb][order.status]
    if order.status in FINAL and order.status != came_from:  # a completed order that is complained about was closed before
        order.closed_at = clock.now()
    if order.complaint_days is None and order.status in ARRIVED:
        order.complaint_days = settings.COMPLAINT_DAYS
    order.save()
    return OrderEvent.objects.create(
        order=order,
        verb=verb,
        actor=who.actor,
        by_id=who.user_id,
        from_status=came_from,
        to_status=order.status,
        reason=reason[:240],
        at=clock.now(),
    )
