"""Never trust that a message arrives: ask about every open attempt, and end what nobody pays."""

from __future__ import annotations

from datetime import timedelta

from bebeli.kit import clock, locks
from bebeli.kit.errors import Busy
from bebeli.kit.sweeping import each
from bebeli.orders.actions.close_purchase import cancel_purchase, expire_purchase, give_up_attempt
from bebeli.orders.flows import charge
from bebeli.orders.flows.settle import ask
from bebeli.orders.gateway.types import GatewayDown, GatewayRefused, NotFound
from bebeli.orders.models import Payment, PaymentAttempt, Purchase, TransferProof
from bebeli.orders.models.payment import BY_HAND

STEPS_MINUTES = (1, 3, 10, 30, 60)
LATER_MINUTES = 360


def reconcile(limit: int = locks.BATCH) -> int:
    """Ask about pending attempts at 1, 3, 10, 30 minutes, 1 hour, then every 6 hours; returns how many were asked."""
    pending = PaymentAttempt.objects.filter(status=PaymentAttempt.Status.PENDING, ask_at__lte=clock.now())
    rows = locks.claim(pending.exclude(method__in=BY_HAND).order_by("ask_at"), limit=limit, seconds=60)
    each(rows, _ask_once)
    return len(rows)


def _ask_once(attempt: PaymentAttempt) -> None:
    minutes = STEPS_MINUTES[attempt.asked] if attempt.asked < len(STEPS_MINUTES) else LATER_MINUTES
    PaymentAttempt.objects.filter(pk=attempt.pk).update(
        asked=min(attempt.asked + 1, 1000), ask_at=clock.minutes_ahead(minutes), lease_until=None
    )
    try:
        if attempt.payment.status in {Payment.Status.CANCELLED, Payment.Status.EXPIRED, Payment.Status.SETTLED}:
            charge.close_at_provider(attempt)  # the purchase is decided: nothing more may come this way
        else:
            ask(attempt)
    except NotFound:
        give_up_attempt(attempt.pk, "not found")
    except (GatewayDown, GatewayRefused, Busy):
        return


def expire_due(limit: int = 50) -> int:
    """End purchases past due: truth, then close at the provider, and only then give the stock back."""
    due = (
        Purchase.objects.filter(status=Purchase.Status.AWAITING, payment__provider_until__lte=clock.now())
        .exclude(payment__status=Payment.Status.SUSPECT)
        .exclude(payment__in=TransferProof.objects.open().values("attempt__payment"))
        .order_by("payment__provider_until")
        .values_list("pk", flat=True)[:limit]
    )
    ended = 0

    def end(purchase_id: int) -> None:
        nonlocal ended
        ended += _expire(purchase_id)

    each(due, end)
    return ended


def end_if_due(purchase_id: int) -> None:
    """End one purchase at once when its time is up and nothing speaks against it."""
    rows = Purchase.objects.filter(pk=purchase_id, status=Purchase.Status.AWAITING, payment__provider_until__lte=clock.now())
    if rows.exclude(payment__status=Payment.Status.SUSPECT).exists():
        _expire(purchase_id)


def _expire(purchase_id: int) -> bool:
    for attempt in charge.live_at_provider(purchase_id):
        if charge.close_at_provider(attempt) == "unknown":
            return False
    try:
        return expire_purchase(purchase_id).status == Purchase.Status.EXPIRED
    except Busy:
        return False


def cancel(purchase_id: int, user_id: int | None) -> Purchase:
    """Cancel an unpaid purchase for its buyer: close the provider's side first, so that money cannot cross.

    While the provider is away the purchase is cancelled all the same; money that still comes goes back.
    """
    for attempt in charge.live_at_provider(purchase_id):
        charge.close_at_provider(attempt)
    purchase = cancel_purchase(purchase_id, user_id)
    charge.live_at_provider(purchase_id).update(ask_at=clock.now() + timedelta(minutes=1), asked=0)
    return purchase
