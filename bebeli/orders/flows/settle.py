"""From a callback to settled money: look the truth up at the provider without a lock, then settle."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.conf import settings
from django.db.models import Q

from bebeli.kit import clock, locks
from bebeli.kit.errors import Busy
from bebeli.kit.sweeping import each
from bebeli.orders.actions.settle import RANK_SETTLED, settle
from bebeli.orders.flows.provider import provider
from bebeli.orders.gateway.types import GatewayDown, GatewayRefused, NotFound, Truth
from bebeli.orders.models import Callback, PaymentAttempt
from bebeli.orders.models.payment import BY_HAND

RETRY_FOR = timedelta(minutes=10)
LONGEST_WAIT = 600
CLAIMS = {"settlement": RANK_SETTLED, "capture": 40, "refund": 70, "partial_refund": 60, "partial_chargeback": 60}


def ask(attempt: PaymentAttempt) -> str:
    """Ask for one attempt's truth and settle by it; raises GatewayDown, GatewayRefused, NotFound."""
    truth = provider().status(attempt.transaction_id or attempt.code)
    return settle(attempt.pk, truth, settings.MIDTRANS_MERCHANT_ID)


def understand(callback_id: int) -> str:
    """Take one callback to its end, or put it off; returns its new state."""
    waiting = Callback.objects.filter(pk=callback_id, provider="midtrans", state__in=["received", "failed"])
    rows = locks.claim(waiting, limit=1, seconds=60)
    return _understand(rows[0]) if rows else "taken"


def sweep(limit: int = locks.BATCH) -> int:
    """Pick up what the bell missed; returns how many were looked at."""
    waiting = Callback.objects.filter(provider="midtrans", state__in=["received", "failed"], next_at__lte=clock.now())
    waiting = waiting.order_by("next_at")
    rows = locks.claim(waiting, limit=limit, seconds=60)
    each(rows, _understand_under_its_request)
    return len(rows)


def _understand_under_its_request(callback: Callback) -> None:
    with structlog.contextvars.bound_contextvars(request_id=callback.headers.get("X-Request-ID", "")):
        _understand(callback)


def _understand(callback: Callback) -> str:
    attempt = find_attempt(callback)
    if attempt is None:
        return close(callback, Callback.State.ORPHAN, "no attempt of ours")
    try:
        truth = provider().status(callback.transaction_id or attempt.code)
        if lags(callback, truth):
            return put_off(callback, "the provider does not confirm it yet")
        if truth.order_id != attempt.code:
            return close(callback, Callback.State.ORPHAN, "the transaction is another order's")
        settle(attempt.pk, truth, settings.MIDTRANS_MERCHANT_ID, callback.pk)
    except (GatewayDown, NotFound, GatewayRefused, Busy) as error:
        return put_off(callback, f"{type(error).__name__}: {error}")
    return Callback.State.DONE


def find_attempt(callback: Callback) -> PaymentAttempt | None:
    """Return the attempt a callback speaks of: by our code, else by the provider's transaction."""
    wanted = Q(code=callback.order_id)
    if callback.transaction_id:
        wanted |= Q(transaction_id=callback.transaction_id)
    return PaymentAttempt.objects.filter(wanted).exclude(method__in=BY_HAND).order_by("pk").first()


def lags(callback: Callback, truth: Truth) -> bool:
    """Tell whether the message claims more than the provider confirms."""
    return CLAIMS.get(callback.claimed_status, 0) > truth.rank


def put_off(callback: Callback, why: str) -> str:
    """Try again later: 5 s doubling to 10 minutes; an unconfirmed claim is ignored after ten minutes."""
    now = clock.now()
    is_unconfirmed = why.startswith("the provider")
    if is_unconfirmed and now - callback.received_at > RETRY_FOR:
        return close(callback, Callback.State.IGNORED, why)
    wait = min(5 * 2 ** min(callback.tries, 7), LONGEST_WAIT)
    Callback.objects.filter(pk=callback.pk).exclude(state=Callback.State.DONE).update(
        state=Callback.State.FAILED,
        tries=callback.tries + 1,
        next_at=now + timedelta(seconds=wait),
        lease_until=None,
        error=why[:200],
    )
    return Callback.State.FAILED


def close(callback: Callback, state: str, why: str) -> str:
    """End one that changes nothing."""
    Callback.objects.filter(pk=callback.pk).exclude(state=Callback.State.DONE).update(
        state=state, done_at=clock.now(), lease_until=None, error=why[:200]
    )
    return state
