"""Money that the provider gave out becomes a refund of an order."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb
from bebeli.orders import returns, splitting, states, tell
from bebeli.orders.actions.lock_order import Taken, call_off
from bebeli.orders.actions.lock_outside import (
    Outside,
    put_on,
    reason_of,
    refuse_decided,
    refuse_promises,
    refuse_unknown,
    take_outside,
)
from bebeli.orders.models import Order, OutsideRefund, Refund

GOES_ON = returns.GOING - {Order.Status.DISPUTED} | {Order.Status.COMPLETED}


@verb
def book_outside(case_id: int, order_id: int, user_id: int, reason: str) -> OutsideRefund:
    """Book it as a refund of an order, as far as that has anything left: an order not sent yet falls when all of it went.

    Much money waits in the books for a second person. Raises InvalidInput at `alasan`, Refused: case_decided, own_purchase,
    amount_unknown, promise_open, not_an_order, nothing_left.
    """
    why = reason_of(reason)
    outside = take_outside(case_id)
    refuse_decided(outside, user_id)
    refuse_unknown(outside)
    refuse_promises(outside)
    order = next((one for one in outside.orders if one.pk == order_id), None)
    if order is None or order.status not in GOES_ON or outside.case.attempt.is_unallocated:
        raise Refused("not_an_order", _("Pesanan itu tidak bisa dipilih sekarang. Muat ulang halamannya."))
    if order.rest_of_buyer == 0:
        raise Refused("nothing_left", _("Uang pesanan itu sudah kembali semua."))
    put_on(outside, _promise(outside, order, states.officer(user_id), why), user_id)
    outside.case.reason = why
    outside.case.save()
    return outside.case


def _promise(outside: Outside, order: Order, who: states.Who, why: str) -> Refund:
    amount = min(outside.case.left, order.rest_of_buyer)
    if amount == order.rest_of_buyer and states.may(order, "call_off"):
        call_off(Taken(outside.locks, order, outside.orders), "call_off", who, why)
        tell.to_seller("orders.called_off", order)
        return order.refunds.latest("pk")
    parts, shipping = splitting.parts_for(returns.sold_of(order), amount)
    made = returns.refund_part(outside.locks, order, parts, shipping=shipping, reason=why, who=who)
    assert made is not None  # noqa: S101  some of it is left
    return made
