"""Money that the bank had taken back came again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb
from bebeli.orders import looking, returns, reversals, states, tell, windows
from bebeli.orders.actions.call_off_order import reason_of
from bebeli.orders.actions.lock_complaint import reopen_restored
from bebeli.orders.actions.settle import Scene, lock_scene
from bebeli.orders.models import Order, Payment, PaymentAttempt, Suspicion

A = PaymentAttempt.Status


@verb
def restore_payment(order_id: int, user_id: int, reason: str) -> Order:
    """Take a reversal back for the whole purchase: held orders go on where they were, promises of refunds live again.

    What was cancelled meanwhile gets its money promised. Raises InvalidInput at `alasan`, Refused: not_held, own_purchase.
    """
    why = reason_of(reason)
    scene = lock_scene(Order.objects.values_list("purchase_id", flat=True).get(pk=order_id))
    looking.refuse_own_purchase(scene.purchase.buyer_id, user_id)
    attempt = next((one for one in scene.attempts if one.status == A.REVERSED and not one.is_unallocated), None)
    if attempt is None or attempt.suspicions.filter(state=Suspicion.State.RETURNED).exists():
        if any(one.status == A.SETTLED and reversals.is_restored(one) for one in scene.attempts):
            return _of(scene, order_id)
        raise Refused("not_held", _("Uang pesanan ini tidak sedang ditarik bank."))
    _settle_again(scene, attempt)
    reversals.restore(scene.locks, scene.purchase, attempt, scene.orders, user_id, why)
    for order in scene.orders:
        if order.status == Order.Status.COMPLETED:
            tell.debt_to_owners("orders.came_again", order)
        elif order.status == Order.Status.HELD:
            _go_on(order, states.officer(user_id), why)
        elif order.status in Order.FALLEN:
            returns.refund_order(scene.locks, order, why, scene.orders, states.officer(user_id))
    reopen_restored(scene.orders)
    return _of(scene, order_id)


def _go_on(order: Order, who: states.Who, why: str) -> None:
    """Where it was, with its time anew: nobody could answer or look while it was held."""
    came_from = order.events.filter(verb="reverse").order_by("-pk").values_list("from_status", flat=True)[0]
    if came_from == Order.Status.PAID or order.cancel_asked_at is not None:
        order.answer_by = windows.answer_by(clock.now())
    if order.complete_by is not None:
        order.complete_by = max(order.complete_by, windows.complete_after_delivery(clock.now()))
    states.move(order, f"restore_{came_from}", who, reason=why)
    tell.to_seller("orders.released", order)


def _settle_again(scene: Scene, attempt: PaymentAttempt) -> None:
    reversals.settle_again(attempt)
    attempt.save()
    scene.payment.status = Payment.Status.SETTLED
    scene.payment.save()


def _of(scene: Scene, order_id: int) -> Order:
    return next(order for order in scene.orders if order.pk == order_id)
