"""The buyer wants to pay another way."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb
from bebeli.orders import windows
from bebeli.orders.actions.lock_transfer import end_by_hand, waiting_proof
from bebeli.orders.actions.settle import lock_scene
from bebeli.orders.attempts import open_attempt
from bebeli.orders.models import PaymentAttempt

MOST_ATTEMPTS = 9  # enough changes of mind


def is_open_by(attempt: PaymentAttempt, method: str) -> bool:
    """Tell whether an attempt is what is asked for already."""
    return attempt.is_live and attempt.method == method


def refuse_too_many(attempts: int) -> None:
    """Refuse one more; asked before anything is closed, so that the last one stays usable."""
    if attempts >= MOST_ATTEMPTS:
        raise Refused("too_many_attempts", _("Sudah terlalu sering ganti cara bayar. Pakai yang terakhir dibuat."))


@verb
def renew_attempt(purchase_id: int, method: str) -> PaymentAttempt:
    """Open a new attempt by another method; the old ones stay known, so that money through them is noticed.

    The method that is open already stays as it is, so that pressing twice opens one.
    The deadline never moves outward: stock is not held longer than was promised at placing.
    Raises Refused: already_paid, payment_closed, too_many_attempts, proof_waiting.
    """
    scene = lock_scene(purchase_id)
    payment = scene.payment
    if scene.purchase.is_paid:
        raise Refused("already_paid", _("Uang dari cara bayar yang lama sudah masuk. Tidak perlu membayar lagi."))
    if not (scene.purchase.is_awaiting_payment and payment.is_open):
        raise Refused("payment_closed", _("Pembelian ini tidak menunggu pembayaran lagi."))
    if payment.pay_before <= clock.now():
        raise Refused("payment_closed", _("Waktu bayar sudah habis. Silakan pesan lagi."))
    if is_open_by(scene.attempts[-1], method):
        return scene.attempts[-1]
    refuse_too_many(len(scene.attempts))
    if waiting_proof(scene) is not None:
        raise Refused("proof_waiting", _("Bukti transfer Anda sedang kami periksa. Tunggu kabarnya dulu."))
    end_by_hand(scene, "another way")
    shown, provider, _held = windows.minutes(method)
    payment.pay_before = min(payment.pay_before, clock.now() + timedelta(minutes=shown))
    payment.provider_until = min(payment.provider_until, clock.now() + timedelta(minutes=provider))
    return open_attempt(payment, f"{scene.purchase.code}-p{len(scene.attempts) + 1}", method)
