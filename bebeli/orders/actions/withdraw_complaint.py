"""The buyer takes a complaint back: the order goes on where it stood, with the time it had left."""

from __future__ import annotations

from bebeli.kit import clock
from bebeli.kit.steps import verb
from bebeli.orders import states, tell
from bebeli.orders.actions.lock_complaint import Case, S, buyer, end, plain, refuse_state, say, take_case
from bebeli.orders.models import Complaint, Order

GO_ON = {Order.Status.SHIPPED: "go_on_shipped", Order.Status.DELIVERED: "go_on_delivered"}


@verb
def withdraw_complaint(complaint_id: int, user_id: int | None, text: str = "") -> Complaint:
    """End an open complaint without money; twice is a quiet success. Raises Refused: complaint_moved."""
    case = take_case(complaint_id)
    complaint = case.complaint
    if complaint.state == S.WITHDRAWN:
        return complaint
    if not complaint.is_open:
        raise refuse_state(complaint)
    end(complaint, S.WITHDRAWN, 0)
    say(complaint, buyer(user_id), "withdraw", plain(text))
    _thaw(case, states.buyer(user_id))
    tell.complaint_to_seller("orders.complaint_withdrawn", complaint)
    return complaint


def _thaw(case: Case, who: states.Who) -> None:
    order = case.taken.order
    if order.status != Order.Status.DISPUTED:
        return
    order.complete_by = clock.now() + (case.complaint.time_left or clock.DAY)
    states.move(order, GO_ON[Order.Status(case.complaint.order_was)], who)
