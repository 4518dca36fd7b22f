"""Open a purchase's charge at the provider; when the provider is away a sweeper does it later."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from bebeli.kit import clock, locks
from bebeli.kit.errors import Refused
from bebeli.kit.sweeping import each
from bebeli.orders.actions.close_purchase import give_up_attempt
from bebeli.orders.actions.record_charge import postpone_charge, record_charge
from bebeli.orders.actions.renew_attempt import is_open_by, refuse_too_many, renew_attempt
from bebeli.orders.flows.provider import provider
from bebeli.orders.flows.settle import ask
from bebeli.orders.gateway.types import ChargeLine, ChargeRequest, Duplicate, GatewayDown, GatewayRefused, NotFound
from bebeli.orders.models import PaymentAttempt, Purchase
from bebeli.orders.models.payment import BY_HAND


def charge_purchase(purchase: Purchase) -> PaymentAttempt:
    """Charge the purchase's newest attempt."""
    attempt = PaymentAttempt.objects.filter(payment__purchase=purchase).latest("pk")
    return charge(attempt)


def pay_another_way(purchase_id: int, method: str) -> PaymentAttempt:
    """Close what is open at the provider, then open and charge a new attempt; the one that is open already is kept.

    Money that came through an old one meanwhile counts: nothing new is opened.
    """
    known = list(PaymentAttempt.objects.filter(payment__purchase_id=purchase_id).order_by("pk"))
    if is_open_by(known[-1], method):
        return charge(known[-1])
    refuse_too_many(len(known))
    for live in live_at_provider(purchase_id):
        close_at_provider(live)
    return charge(renew_attempt(purchase_id, method))


def charge(attempt: PaymentAttempt) -> PaymentAttempt:
    """Charge one attempt under its own code, so that a second try at the provider is a duplicate, not a second charge."""
    if attempt.status != PaymentAttempt.Status.CREATED:
        return attempt
    try:
        return record_charge(attempt.pk, provider().charge(_request(attempt)))
    except Duplicate:
        return _after_lost_reply(attempt)
    except GatewayDown as error:
        return postpone_charge(attempt.pk, str(error))
    except GatewayRefused as error:
        return give_up_attempt(attempt.pk, error.code)


def _after_lost_reply(attempt: PaymentAttempt) -> PaymentAttempt:
    """The provider knows this code already: its reply got lost. Ask for what it gave; what it will not say again is renewed."""
    try:
        known = provider().charge_of(attempt.code)
    except (GatewayDown, NotFound, GatewayRefused) as error:
        return postpone_charge(attempt.pk, str(error))
    picture = known.qr_image_url or provider().qr_address(attempt.method, known.transaction_id)
    found = record_charge(attempt.pk, replace(known, qr_image_url=picture))
    if replace(known, qr_image_url=picture).is_payable or close_at_provider(found) != "dead":
        return found
    try:
        return renew_attempt(
            attempt.payment.purchase_id, attempt.method
        )  # charged by the sweeper, so that two losses do not loop
    except Refused:
        return found


def _request(attempt: PaymentAttempt) -> ChargeRequest:
    payment = attempt.payment
    purchase = payment.purchase
    left = payment.provider_until - clock.now()
    orders = purchase.orders.order_by("pk")
    lines = [ChargeLine(order.code, f"Pesanan {order.code}", order.total, 1) for order in orders if order.total]
    extra = purchase.service_fee - purchase.platform_discount
    if extra:
        lines.append(ChargeLine("biaya", "Biaya layanan dan potongan", extra, 1))
    return ChargeRequest(
        order_id=attempt.code,
        amount=attempt.gross,
        method=attempt.method,
        lines=tuple(lines),
        customer_name=purchase.recipient,
        customer_email=purchase.email,
        customer_phone=purchase.phone,
        expires_in_minutes=max(int(left.total_seconds() // 60), 1),
        return_url=f"{settings.BASE_URL}{reverse('orders:purchase', args=[purchase.code])}",
    )


def live_at_provider(purchase_id: int) -> QuerySet[PaymentAttempt]:
    """The attempts through which a provider may still bring money. Of transfers to our own account none of them knows."""
    live = PaymentAttempt.objects.filter(payment__purchase_id=purchase_id, status__in=["created", "pending"])
    return live.exclude(method__in=BY_HAND)


def close_at_provider(attempt: PaymentAttempt) -> str:
    """Make sure that no money can come through an attempt any more; returns what the truth was.

    Money that came in the meantime is applied. A provider that is away leaves the attempt to the reconciler.
    """
    if attempt.status == PaymentAttempt.Status.CREATED and not attempt.transaction_id and not attempt.asked:
        give_up_attempt(attempt.pk, "never sent")
        return "dead"
    try:
        outcome = ask(attempt)
        if outcome in {"settled", "dead", "unallocated", "suspect"}:
            return outcome
        provider().expire(attempt.code)
        return ask(attempt)
    except GatewayRefused:
        return _asked_again(attempt)
    except NotFound:
        give_up_attempt(attempt.pk, "not found")
        return "dead"
    except GatewayDown:
        return "unknown"


def _asked_again(attempt: PaymentAttempt) -> str:
    """What the provider refuses to end has ended or been paid just now; what it will not say either stays unknown."""
    try:
        return ask(attempt)
    except (GatewayDown, GatewayRefused, NotFound):
        return "unknown"


def sweep(limit: int = locks.BATCH) -> int:
    """Charge attempts that the door could not; returns how many were tried."""
    waiting = PaymentAttempt.objects.filter(
        Q(payment__status__in=["created", "pending"]),
        status=PaymentAttempt.Status.CREATED,
        ask_at__lte=clock.now(),
        payment__purchase__status=Purchase.Status.AWAITING,
    ).order_by("ask_at")
    rows = locks.claim(waiting, limit=limit, seconds=60)
    each(rows, charge)
    return len(rows)
