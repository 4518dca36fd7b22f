"""A paid order is called off: by its buyer, or because the maker never answered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb
from bebeli.orders import states, tell, windows
from bebeli.orders.actions.lock_order import call_off, take
from bebeli.orders.models import Order

S = Order.Status


@verb
def cancel_order(order_id: int, user_id: int | None, reason: str) -> Order:
    """Cancel at once while paid; once accepted the maker is asked, with a deadline; from shipped on refused.

    Raises Refused: purchase_unpaid (only the whole purchase can be cancelled), too_late, wrong_state.
    """
    taken = take(order_id)
    order = taken.order
    reason = reason.strip() or gettext_noop("Dibatalkan pembeli")
    if order.status == S.AWAITING:
        raise Refused("purchase_unpaid", _("Belum dibayar: batalkan seluruh pembelian."))
    if order.status in {S.SHIPPED, S.DELIVERED, S.COMPLETED}:
        raise Refused("too_late", _("Pesanan sudah dikirim, jadi tidak bisa dibatalkan lagi."))
    if order.status == S.CANCELLED:
        return order
    if order.status == S.PROCESSING:
        _ask(order, user_id, reason)
        return order
    call_off(taken, "cancel", states.buyer(user_id), reason)
    tell.to_seller("orders.cancelled_by_buyer", order)
    return order


def _ask(order: Order, user_id: int | None, reason: str) -> None:
    if order.cancel_asked_at is not None:
        return
    order.cancel_asked_at = clock.now()
    order.answer_by = windows.answer_by(clock.now())
    order.cancel_reason = reason[:240]
    states.move(order, "ask_cancel", states.buyer(user_id), reason=reason)
    tell.to_seller("orders.cancel_asked", order)


@verb
def agree_cancel(order_id: int, user_id: int) -> Order:
    """The maker agrees to the buyer's wish; stock and money go back."""
    taken = take(order_id)
    if states.has_gone(taken.order, "agree_cancel"):
        return taken.order
    _must_be_asked(taken.order)
    call_off(taken, "agree_cancel", states.seller(user_id), taken.order.cancel_reason)
    return taken.order


@verb
def decline_cancel(order_id: int, user_id: int, reason: str) -> Order:
    """The maker has gone too far already; the order goes on."""
    order = take(order_id).order
    if order.status != S.PROCESSING or order.cancel_asked_at is None:
        return order
    order.cancel_asked_at = None
    states.move(order, "decline_cancel", states.seller(user_id), reason=reason.strip())
    tell.to_buyer("orders.cancel_declined", order)
    return order


def _must_be_asked(order: Order) -> None:
    if order.cancel_asked_at is None:
        raise Refused("not_asked", _("Pembeli tidak meminta pembatalan."))


@verb
def cancel_unanswered(order_id: int) -> Order:
    """Cancel what its maker left unanswered past the deadline: a paid order, or the wish to cancel an accepted one."""
    taken = take(order_id)
    order = taken.order
    is_waiting = order.status == S.PAID or order.is_cancel_asked
    if is_waiting and order.answer_by is not None and order.answer_by <= clock.now():
        call_off(taken, "time_out", states.SYSTEM, gettext_noop("Toko tidak menjawab sampai batas waktu"))
        tell.to_seller("orders.timed_out", order)
    return order
