"""An unpaid purchase ends: its buyer cancels it, or its time runs out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.catalog import stock
from bebeli.catalog.models import Variant
from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb
from bebeli.orders import promos, states, tell
from bebeli.orders.actions.lock_transfer import end_by_hand, waiting_proof
from bebeli.orders.actions.settle import Scene, lock_scene
from bebeli.orders.models import OrderLine, Payment, PaymentAttempt, Purchase
from bebeli.orders.models.payment import BY_HAND


@verb
def cancel_purchase(purchase_id: int, user_id: int | None) -> Purchase:
    """Cancel a whole unpaid purchase and give its stock back; twice is a quiet success, a paid one is refused."""
    scene = lock_scene(purchase_id)
    if scene.purchase.status == Purchase.Status.CANCELLED:
        return scene.purchase
    if not scene.purchase.is_awaiting_payment:
        raise Refused(
            "purchase_not_open",
            _("Pembelian ini sudah %(status)s, jadi tidak bisa dibatalkan seluruhnya.")
            % {"status": scene.purchase.get_status_display()},
            status=scene.purchase.status,
        )
    close(scene, "cancel_unpaid", states.buyer(user_id), Purchase.Status.CANCELLED, Payment.Status.CANCELLED)
    end_by_hand(scene, "cancelled")  # a proof that waits is still answered: its money goes back
    tell.closed_unpaid(scene.purchase, "orders.purchase_cancelled")
    return scene.purchase


@verb
def expire_purchase(purchase_id: int) -> Purchase:
    """End an unpaid purchase after the provider said that no money can come any more; never over a proof that waits."""
    scene = lock_scene(purchase_id)
    overdue = scene.payment.provider_until <= clock.now()
    alive = any(attempt.is_live and attempt.method not in BY_HAND for attempt in scene.attempts)
    if scene.purchase.is_awaiting_payment and overdue and not alive and waiting_proof(scene) is None:
        end_by_hand(scene, "no proof")
        close(scene, "expire", states.SYSTEM, Purchase.Status.EXPIRED, Payment.Status.EXPIRED)
        tell.closed_unpaid(scene.purchase, "orders.purchase_expired")
    return scene.purchase


def close(scene: Scene, move: str, who: states.Who, status: str, payment_status: str) -> None:
    """Give stock and vouchers back and move every order; a step of the verbs that end an unpaid purchase."""
    lines = OrderLine.objects.filter(order__in=scene.orders).values_list("variant_id", flat=True)
    scene.locks.rows(Variant, lines)
    promos.give_back(scene.locks, scene.purchase, scene.orders)
    for order in scene.orders:
        stock.release(order.code)
        states.move(order, move, who)
    scene.payment.status = payment_status
    scene.payment.save()
    scene.purchase.status = status
    scene.purchase.closed_at = clock.now()
    scene.purchase.save()


@verb
def give_up_attempt(attempt_id: int, provider_status: str) -> PaymentAttempt:
    """Write down that an attempt never reached the provider, or was closed there without money."""
    purchase_id = PaymentAttempt.objects.values_list("payment__purchase_id", flat=True).get(pk=attempt_id)
    attempt = lock_scene(purchase_id).attempt(attempt_id)
    if attempt.is_live:
        attempt.status = PaymentAttempt.Status.DEAD
        attempt.provider_status = provider_status[:24]
        attempt.save()
    return attempt
