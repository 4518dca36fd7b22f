"""Send promised money back through the provider, and see that it arrives."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils.timezone import localtime

from bebeli.kit import clock, locks
from bebeli.kit.sweeping import each
from bebeli.orders.actions.refund import refund_postponed, refund_refused, refund_seen, refund_sent, refund_waits
from bebeli.orders.flows.provider import provider
from bebeli.orders.gateway.types import Duplicate, GatewayDown, GatewayRefused, NotFound, Truth
from bebeli.orders.models import Refund
from bebeli.orders.models.payment import Method

QUIET = {Method.SHOPEEPAY: (time(23, 55), time(6, 0))}  # WIB; asked then, the provider refuses for good


def send(refund_id: int) -> str:
    """Send one refund, or look whether it arrived; returns its state."""
    waiting = Refund.objects.filter(pk=refund_id, channel=Refund.Channel.PROVIDER, state__in=Refund.PAYABLE)
    rows = locks.claim(waiting, limit=1, seconds=60)
    return _step(rows[0]) if rows else "taken"


def sweep(limit: int = locks.BATCH) -> int:
    """Pick up what the bell missed; returns how many were looked at."""
    waiting = Refund.objects.filter(
        channel=Refund.Channel.PROVIDER,
        state__in=Refund.PAYABLE,
        next_at__lte=clock.now(),
    ).order_by("next_at")
    rows = locks.claim(waiting, limit=limit, seconds=60)
    each(rows, _step)
    return len(rows)


def _step(refund: Refund) -> str:
    try:
        truth = provider().status(refund.attempt.transaction_id or refund.attempt.code)
        if seen := _find(truth, refund.key):
            return (refund_seen if seen == "confirmed" else refund_sent)(refund.pk).state
        if (opens := opens_at(refund.attempt.method)) is not None:
            return refund_waits(refund.pk, opens).state
        provider().refund(refund.attempt.transaction_id or refund.attempt.code, refund.key, refund.amount, refund.reason)
    except Duplicate:
        return refund_sent(refund.pk).state
    except GatewayRefused as error:
        return _refused(refund, error)
    except (GatewayDown, NotFound) as error:
        return refund_postponed(refund.pk, str(error)).state
    return refund_sent(refund.pk).state


def _refused(refund: Refund, why: GatewayRefused) -> str:
    """What is refused may be done: by another worker, while this one stood still. Only what is not there goes to finance."""
    try:
        truth = provider().status(refund.attempt.transaction_id or refund.attempt.code)
    except (GatewayDown, GatewayRefused, NotFound) as error:
        return refund_postponed(refund.pk, str(error)).state
    if _find(truth, refund.key):
        return refund_sent(refund.pk).state
    return refund_refused(refund.pk, f"{why.code} {why}").state


def _find(truth: Truth, key: str) -> str:
    """Return 'confirmed', 'known' or '' for a refund key in the provider's list."""
    for refund in truth.refunds:
        if refund.refund_key == key:
            return "confirmed" if refund.confirmed_at is not None else "known"
    return ""


def opens_at(method: str) -> datetime | None:
    """Return when the wallet takes refunds again, None while it does."""
    closes, opens = QUIET.get(Method(method), (None, None))
    if closes is None or opens is None:
        return None
    now = localtime(clock.now())
    if opens <= now.time() < closes:
        return None
    morning = now if now.time() < opens else now + timedelta(days=1)
    return datetime.combine(morning.date(), opens, morning.tzinfo)
