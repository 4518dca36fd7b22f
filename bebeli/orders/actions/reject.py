"""The maker cannot deliver an order."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput
from bebeli.kit.steps import verb
from bebeli.orders import states
from bebeli.orders.actions.lock_order import call_off, take
from bebeli.orders.models import Order


@verb
def reject(order_id: int, user_id: int, reason: str) -> Order:
    """Cancel a paid or accepted order with a reason the buyer reads; stock and money go back."""
    reason = reason.strip()
    if not reason:
        raise InvalidInput("reason_needed", _("Tulis alasannya. Pembeli akan membacanya."), field="reason")
    taken = take(order_id)
    if not states.has_gone(taken.order, "reject"):
        call_off(taken, "reject", states.seller(user_id), reason)
    return taken.order
