"""Write down what the provider gave for an attempt: the number or the QR to pay with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bebeli.kit import clock
from bebeli.kit.steps import verb
from bebeli.orders.actions.settle import lock_scene
from bebeli.orders.models import Payment, PaymentAttempt

if TYPE_CHECKING:
    from bebeli.orders.gateway.types import Charge


@verb
def record_charge(attempt_id: int, charge: Charge) -> PaymentAttempt:
    """Store the charge; an attempt that knows more already is left as it is."""
    purchase_id = PaymentAttempt.objects.values_list("payment__purchase_id", flat=True).get(pk=attempt_id)
    scene = lock_scene(purchase_id)
    attempt = scene.attempt(attempt_id)
    attempt.transaction_id = attempt.transaction_id or charge.transaction_id
    attempt.va_number = charge.va_number or charge.bill_key or ""
    attempt.biller_code = charge.biller_code or ""
    attempt.qr_string = charge.qr_string or ""
    attempt.qr_image_url = (charge.qr_image_url or "")[:300]
    attempt.deeplink_url = charge.deeplink_url or ""
    attempt.error = ""
    if attempt.status == PaymentAttempt.Status.CREATED:
        attempt.status = PaymentAttempt.Status.PENDING
        attempt.ask_at = clock.minutes_ahead(1)
        attempt.asked = 0
    attempt.save()
    if scene.payment.status == Payment.Status.CREATED:
        scene.payment.status = Payment.Status.PENDING
        scene.payment.save()
    return attempt


@verb
def postpone_charge(attempt_id: int, why: str) -> PaymentAttempt:
    """The provider is away: the sweeper charges later."""
    purchase_id = PaymentAttempt.objects.values_list("payment__purchase_id", flat=True).get(pk=attempt_id)
    attempt = lock_scene(purchase_id).attempt(attempt_id)
    attempt.asked = min(attempt.asked + 1, 100)
    attempt.ask_at = clock.minutes_ahead(min(attempt.asked, 10))
    attempt.error = why[:200]
    attempt.lease_until = None
    attempt.save()
    return attempt
