"""What the parties of an order do: each act calls the real verb and tells the model; both must agree on a refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings

from bebeli.kit.errors import Refused
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.cancel_order import agree_cancel, cancel_order, decline_cancel
from bebeli.orders.actions.deliver import deliver
from bebeli.orders.actions.hand_over import hand_over, try_code
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.ship import ship
from bebeli.orders.models import Order
from tests.properties.model import Model, MOrder, MPurchase

Step = Callable[[Model, MPurchase, MOrder, datetime], str]


def agree(call: Callable[[], object], refused: str) -> None:
    """Call a verb that must be refused with this code, or must not be refused ('')."""
    code = ""
    try:
        call()
    except Refused as refusal:
        code = refusal.code
    assert code == refused


def _accept(_model: Model, _purchase: MPurchase, order: MOrder, _now: datetime) -> str:
    if order.status == "paid":
        order.status = "processing"
    return "" if order.status == "processing" else "wrong_state"


def _reject(model: Model, purchase: MPurchase, order: MOrder, _now: datetime) -> str:
    if order.status in {"paid", "processing"}:
        model.fall(purchase, order)
    return "" if order.status == "cancelled" else "wrong_state"


def _cancel(model: Model, purchase: MPurchase, order: MOrder, _now: datetime) -> str:
    refusals = {
        "awaiting_payment": "purchase_unpaid",
        "shipped": "too_late",
        "delivered": "too_late",
        "completed": "too_late",
        "expired": "wrong_state",
        "held": "wrong_state",
    }
    if order.status == "processing":
        order.is_asked = True
    if order.status == "paid":
        model.fall(purchase, order)
    return refusals.get(order.status, "")


def _agree_cancel(model: Model, purchase: MPurchase, order: MOrder, _now: datetime) -> str:
    if order.status == "cancelled":
        return ""
    if not order.is_asked:
        return "not_asked"
    if order.status != "processing":
        return "wrong_state"
    model.fall(purchase, order)
    return ""


def _decline_cancel(_model: Model, _purchase: MPurchase, order: MOrder, _now: datetime) -> str:
    order.is_asked = order.is_asked and order.status != "processing"
    return ""


def _ship(_model: Model, _purchase: MPurchase, order: MOrder, now: datetime) -> str:
    if order.status == "shipped":
        return ""
    if order.is_pickup:
        return "pickup_order"
    if order.status != "processing":
        return "wrong_state"
    order.status, order.is_asked = "shipped", False
    order.complete_by = now + timedelta(days=order.days + settings.ARRIVE_DAYS)
    return ""


def _deliver(_model: Model, _purchase: MPurchase, order: MOrder, now: datetime) -> str:
    if order.status == "shipped":
        order.status, order.complete_by = "delivered", now + timedelta(hours=settings.RECEIVE_HOURS)
    return "" if order.status == "delivered" else "wrong_state"


def _hand_over(_model: Model, _purchase: MPurchase, order: MOrder, now: datetime) -> str:
    if order.status == "delivered":
        return ""
    if not order.is_pickup:
        return "not_pickup"
    if order.status != "processing":
        return "wrong_state"
    order.status, order.is_asked = "delivered", False
    order.complete_by = now + timedelta(hours=settings.RECEIVE_HOURS)
    return ""


def _wrong_code(_model: Model, _purchase: MPurchase, order: MOrder, _now: datetime) -> str:
    if order.status == "delivered":
        return ""
    if not order.is_pickup:
        return "not_pickup"
    return "" if order.status == "processing" else "wrong_state"


def _receive(_model: Model, _purchase: MPurchase, order: MOrder, _now: datetime) -> str:
    if order.status in {"shipped", "delivered"}:
        order.status = "completed"
    return "" if order.status == "completed" else "wrong_state"


STEPS: dict[str, tuple[Step, Callable[[Order, int, int], Callable[[], object]]]] = {
    "accept": (_accept, lambda order, _buyer, maker: partial(accept, order.pk, maker)),
    "reject": (_reject, lambda order, _buyer, maker: partial(reject, order.pk, maker, "habis")),
    "cancel": (_cancel, lambda order, buyer, _maker: partial(cancel_order, order.pk, buyer, "")),
    "agree_cancel": (_agree_cancel, lambda order, _buyer, maker: partial(agree_cancel, order.pk, maker)),
    "decline_cancel": (_decline_cancel, lambda order, _buyer, maker: partial(decline_cancel, order.pk, maker, "sudah jadi")),
    "ship": (_ship, lambda order, _buyer, maker: partial(ship, order.pk, maker, "JNE", "RESI123456")),
    "deliver": (_deliver, lambda order, _buyer, maker: partial(deliver, order.pk, maker)),
    "hand_over": (_hand_over, lambda order, _buyer, maker: partial(hand_over, order.pk, maker, order.pickup_code)),
    "wrong_code": (_wrong_code, lambda order, _buyer, maker: partial(_wrong_try, order.pk, maker)),
    "receive": (_receive, lambda order, buyer, _maker: partial(receive, order.pk, buyer)),
}


def _wrong_try(order_id: int, maker: int) -> None:
    """A wrong code is counted and moves nothing; after ten the maker waits for the buyer."""
    tries = Order.objects.get(pk=order_id).pickup_tries
    if tries < 10:
        try_code(order_id, maker, "SALAH!")
