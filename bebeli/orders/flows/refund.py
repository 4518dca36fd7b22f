"""Send promised money back through the provider, and see that it arrives."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils.timezone import localtime

from bebeli.kit import clock, locks
from bebeli.kit.sweeping import each
from bebeli.orders import outsides
from bebeli.orders.actions.refund import refund_postponed, refund_refused, refund_seen, refund_sent, refund_waits
from bebeli.orders.actions.settle import settle
from bebeli.orders.flows.provider import provider
from bebeli.orders.gateway.types import Duplicate, GatewayDown, GatewayRefused, NotFound, Truth
from bebeli.orders.models import OutsideRefund, Refund
from bebeli.orders.models.payment import Method

QUIET = {Method.SHOPEEPAY: (time(23, 55), time(6, 0))}  # WIB; asked then, the provider refuses for good
LATER = timedelta(minutes=10)


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
        truth = _truth(refund)
        if seen := _find(truth, refund):
            return (refund_seen if seen == "confirmed" else refund_sent)(refund.pk).state
        if (until := waits_until(refund)) is not None:
            return refund_waits(refund.pk, until).state
        provider().refund(refund.attempt.transaction_id or refund.attempt.code, refund.key, refund.amount, refund.reason)
    except Duplicate:
        return refund_sent(refund.pk).state
    except GatewayRefused as error:
        return _refused(refund, error)
    except (GatewayDown, NotFound) as error:
        return refund_postponed(refund.pk, str(error)).state
    return refund_sent(refund.pk).state


def waits_until(refund: Refund) -> datetime | None:
    """Return when to look again, None where it may be asked for now."""
    if outsides.is_undecided(refund.attempt_id):
        return clock.now() + LATER
    return opens_at(refund.attempt.method)


def _refused(refund: Refund, why: GatewayRefused) -> str:
    """What is refused may be done: by another worker, while this one stood still. Only what is not there goes to finance."""
    try:
        truth = _truth(refund)
    except (GatewayDown, GatewayRefused, NotFound) as error:
        return refund_postponed(refund.pk, str(error)).state
    if _find(truth, refund):
        return refund_sent(refund.pk).state
    if outsides.is_undecided(refund.attempt_id):  # the provider may have refused because somebody gave it back there
        return refund_waits(refund.pk, clock.now() + LATER).state
    return refund_refused(refund.pk, f"{why.code} {why}").state


def _truth(refund: Refund) -> Truth:
    """Ask the provider; what it gave out without us is written down before anything is decided by it."""
    truth = provider().status(refund.attempt.transaction_id or refund.attempt.code)
    if refund.attempt.is_success and outsides.is_news(refund.attempt, truth):
        settle(refund.attempt_id, truth, settings.MIDTRANS_MERCHANT_ID)
    return truth


def _find(truth: Truth, refund: Refund) -> str:
    """Return 'confirmed', 'known' or '' for a refund in the provider's list."""
    if refund.outside_id is not None:
        is_given = OutsideRefund.objects.filter(pk=refund.outside_id, confirmed_at__isnull=False).exists()
        return "confirmed" if is_given else "known"
    for seen in truth.refunds:
        if (seen.refund_key, seen.amount) == (refund.key, refund.amount):
            return "confirmed" if seen.confirmed_at is not None else "known"
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
