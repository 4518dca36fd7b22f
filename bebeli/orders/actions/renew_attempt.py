"""The buyer wants to pay another way."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb
from bebeli.orders import windows
from bebeli.orders.actions.settle import lock_scene
from bebeli.orders.models import Payment, PaymentAttempt


@verb
def renew_attempt(purchase_id: int, method: str) -> PaymentAttempt:
    """Open a new attempt by another method; the old ones stay known, so that money through them is noticed.

    The deadline never moves outward: stock is not held longer than was promised at placing.
    """
    scene = lock_scene(purchase_id)
    payment = scene.payment
    if not (scene.purchase.is_awaiting_payment and payment.is_open):
        raise Refused("payment_closed", _("Pembelian ini tidak menunggu pembayaran lagi."))
    if payment.pay_before <= clock.now():
        raise Refused("payment_closed", _("Waktu bayar sudah habis. Silakan pesan lagi."))
    if len(scene.attempts) >= 9:  # noqa: PLR2004  enough changes of mind
        raise Refused("too_many_attempts", _("Sudah terlalu sering ganti cara bayar. Pakai yang terakhir dibuat."))
    shown, provider, _held = windows.minutes(method)
    payment.method = method
    payment.status = Payment.Status.CREATED
    payment.pay_before = min(payment.pay_before, clock.now() + timedelta(minutes=shown))
    payment.provider_until = min(payment.provider_until, clock.now() + timedelta(minutes=provider))
    payment.save()
    return PaymentAttempt.objects.create(
        payment=payment,
        code=f"{scene.purchase.code}-p{len(scene.attempts) + 1}",
        method=method,
        gross=payment.amount,
        created_at=clock.now(),
        ask_at=clock.now() + timedelta(seconds=20),
    )
