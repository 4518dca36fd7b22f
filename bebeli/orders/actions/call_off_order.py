"""An officer calls a paid order off."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput
from bebeli.kit.steps import verb
from bebeli.orders import looking, states, tell
from bebeli.orders.actions.lock_order import call_off, take
from bebeli.orders.models import Order


@verb
def call_off_order(order_id: int, user_id: int, reason: str) -> Order:
    """Cancel a paid or accepted order; stock goes back, and the money once a second person agreed where it is much.

    Raises InvalidInput at `alasan`, Refused: own_purchase, wrong_state.
    """
    why = reason_of(reason)
    taken = take(order_id)
    looking.refuse_own_purchase(taken.order.purchase.buyer_id, user_id)
    if not states.has_gone(taken.order, "call_off"):
        call_off(taken, "call_off", states.officer(user_id), why)
        tell.to_seller("orders.called_off", taken.order)
    return taken.order


def reason_of(text: str) -> str:
    """Return a reason in its plain form; raises InvalidInput for none."""
    reason = " ".join(text.split())[:240]
    if not reason:
        raise InvalidInput("reason_needed", _("Tulis alasannya. Pembeli dan penjual akan membacanya."), field="alasan")
    return reason
