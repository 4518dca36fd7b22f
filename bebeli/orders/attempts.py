"""Opens an attempt to pay, as a step of somebody's transaction."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput
from bebeli.kit.steps import assert_open
from bebeli.orders.models import Payment, PaymentAttempt, ReceivingAccount
from bebeli.orders.models.payment import BY_HAND, Method

S = PaymentAttempt.Status


def receiving() -> ReceivingAccount | None:
    """Return the account that transfers go to now: the oldest one in use."""
    return ReceivingAccount.objects.filter(is_active=True).order_by("pk").first()


def offered() -> list[tuple[str, str]]:
    """Return the methods a buyer may choose from; a transfer only while there is an account for it."""
    hidden = frozenset() if receiving() else BY_HAND
    return [(str(value), str(words)) for value, words in Method.choices if value not in hidden]


def open_attempt(payment: Payment, code: str, method: str) -> PaymentAttempt:
    """Open an attempt and say so on the payment; a transfer waits for the buyer at once, others for the provider.

    Raises InvalidInput `method_not_offered` when there is no account to transfer to.
    """
    assert_open()
    account = receiving() if method in BY_HAND else None
    if method in BY_HAND and account is None:
        raise InvalidInput("method_not_offered", _("Pilih cara bayar yang tersedia."), field="payment_method")
    now = clock.now()
    said = (method, Payment.Status.PENDING if account else Payment.Status.CREATED)
    if (payment.method, payment.status) != said:
        payment.method, payment.status = said
        payment.save()
    return PaymentAttempt.objects.create(
        payment=payment,
        code=code,
        method=method,
        status=S.PENDING if account else S.CREATED,
        receiving=account,
        gross=payment.amount,
        created_at=now,
        ask_at=now + timedelta(seconds=20),  # the door charges at once; the sweeper only when it could not
    )
