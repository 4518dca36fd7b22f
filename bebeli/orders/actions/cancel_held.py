"""An order whose payment the bank took back will not go on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.catalog import stock
from bebeli.catalog.models import Variant
from bebeli.kit.errors import InvalidInput
from bebeli.kit.steps import verb
from bebeli.orders import looking, promos, states, tell
from bebeli.orders.actions.call_off_order import reason_of
from bebeli.orders.actions.lock_order import take
from bebeli.orders.actions.short import BACK, LOST
from bebeli.orders.models import Order, OrderLine


@verb
def cancel_held(order_id: int, user_id: int, reason: str, goods: str) -> Order:
    """Cancel a held order: its money is with the buyer already; its goods are back on the shelf, or gone for good.

    Raises InvalidInput at `alasan` or `stok`, Refused: own_purchase, wrong_state.
    """
    why = reason_of(reason)
    if goods not in {BACK, LOST}:
        raise InvalidInput("bad_goods", _("Pilih apa yang terjadi dengan barangnya."), field="stok")
    taken = take(order_id)
    order = taken.order
    looking.refuse_own_purchase(taken.order.purchase.buyer_id, user_id)
    if states.has_gone(order, "cancel_held"):
        return order
    lines = list(OrderLine.objects.filter(order=order).order_by("variant_id"))
    taken.locks.rows(Variant, [line.variant_id for line in lines])
    order.cancel_reason = why
    states.move(order, "cancel_held", states.officer(user_id), reason=why)
    stock.give_back(order.code)
    if goods == LOST:
        for line in lines:
            stock.lose(line.variant_id, line.quantity - line.fallen, f"{order.code}:held", user_id)
    promos.fall(taken.locks, order, taken.siblings)
    tell.to_seller("orders.called_off", order)
    tell.to_buyer("orders.held_cancelled", order)
    return order
