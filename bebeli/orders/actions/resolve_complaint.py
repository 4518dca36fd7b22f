"""How a complaint ends in money, as a step of the verb that ends it: none, a part, or all of its order."""

from __future__ import annotations

from bebeli.kit import clock
from bebeli.kit.ring import ring
from bebeli.orders import ledger, posting, returns, states, tell
from bebeli.orders.actions.lock_complaint import Case, S, end
from bebeli.orders.actions.lock_order import complete
from bebeli.orders.complaints import parts_of
from bebeli.orders.models import ComplaintLine, Order, Refund
from bebeli.orders.parting import Part


def most_back(case: Case) -> int:
    """Return all that can still go back of the order, delivery too."""
    return ledger.rest_of(case.taken.order).total


def left_of(case: Case, line: ComplaintLine) -> int:
    """Return what can still go back of one line."""
    return next(sold.left for sold in returns.sold_of(case.taken.order).lines if sold.pk == line.line_id)


def resolve(case: Case, state: str, amount: int, who: states.Who, reason: str) -> None:
    """End a complaint: its order goes on to completed, or falls when all of it goes back. Both sides are told.

    A completed order stays completed and gives back what was agreed or decided.
    """
    order = case.taken.order
    case.complaint.refund = _give_back(case, amount, who, reason) if amount else None
    if order.status == Order.Status.DISPUTED:
        if order.delivered_at is None:
            order.delivered_at = clock.now()
        complete(case.taken, "release", who, reason)
    end(case.complaint, state, amount)
    tell.complaint_ended(case.complaint)


def _give_back(case: Case, amount: int, who: states.Who, reason: str) -> Refund | None:
    order, locks = case.taken.order, case.taken.locks
    if order.status == Order.Status.DISPUTED and amount == most_back(case):
        states.move(order, "refund", who, reason=reason)
        ring("orders.issue_documents", order.pk)
        if courier := posting.courier_owed(ledger.money_of(order)):
            key = f"order:{order.code}:courier"
            ledger.post(locks, "courier_owed", key, courier, purchase=order.purchase, order=order)
        return returns.refund_order(locks, order, reason, case.taken.siblings, who)
    parts, shipping = _parts(case, amount)
    return returns.refund_part(locks, order, parts, shipping=shipping, reason=reason, who=who)


def _parts(case: Case, amount: int) -> tuple[list[Part], int]:
    lines = list(case.complaint.lines.all())
    if case.complaint.state == S.OFFICER and any(line.amount for line in lines):
        return [Part(line.line_id, face=line.amount) for line in lines if line.amount], 0
    sold = returns.sold_of(case.taken.order)
    return parts_of(sold, {line.line_id: line.quantity for line in lines}, amount)
