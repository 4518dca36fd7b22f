"""Money that pays for nothing: it came too late, twice, or was not what was asked. A step of somebody's transaction."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from bebeli.kit import clock
from bebeli.kit.locks import Locks
from bebeli.kit.steps import assert_open
from bebeli.orders import ledger, posting, returns, tell
from bebeli.orders.models import PaymentAttempt, Purchase, Refund

LATE = gettext_noop("Pembayaran datang terlambat atau ganda")
OTHER = gettext_noop("Jumlah yang masuk berbeda dari tagihannya")


@dataclass(frozen=True)
class Promise:
    """What of the money goes back, how, why, on whose word it came; whether people have a hand in it."""

    amount: int
    channel: str
    reason: str
    decided_by: int | None
    is_by_people: bool


def late_money(
    locks: Locks, purchase: Purchase, attempt: PaymentAttempt, reason: str = LATE, decided_by: int | None = None
) -> str:
    """Put it into UNALLOCATED and promise it back at once; `decided_by` is the person on whose word it came.

    Much money waits for a second person where one said that it came, and where one must send it: a provider that told of
    it and gives it back by itself needs nobody.
    """
    assert_open()
    attempt.is_unallocated = True
    attempt.save()
    channel = returns.channel_of(attempt)
    lines = posting.unallocated(attempt.gross, returns.till_of(attempt))
    ledger.post(locks, "unallocated", f"pay:{attempt.code}:unallocated", lines, purchase=purchase, attempt=attempt)
    is_by_people = decided_by is not None or channel == Refund.Channel.BANK
    promise(locks, Promise(attempt.gross, channel, reason, decided_by, is_by_people), purchase=purchase, attempt=attempt)
    return "unallocated"


def promise(locks: Locks, wanted: Promise, *, purchase: Purchase, attempt: PaymentAttempt) -> Refund:
    """Promise back what stands in UNALLOCATED, and begin."""
    assert_open()
    now = clock.now()
    needs_second = wanted.is_by_people and returns.is_much(wanted.amount)
    refund = Refund.objects.create(
        key=f"{attempt.code}-r1",
        attempt=attempt,
        amount=wanted.amount,
        channel=wanted.channel,
        state=Refund.State.REQUESTED if needs_second else Refund.State.APPROVED,
        decided_by_id=wanted.decided_by,
        needs_second=needs_second,
        approved_at=None if needs_second else now,
        reason=wanted.reason,
        requested_at=now,
        next_at=now,
    )
    lines = posting.unallocated_refund(wanted.amount)
    ledger.post(locks, "refunded", f"refund:{refund.key}", lines, purchase=purchase, attempt=attempt, refund=refund)
    tell.late_money(refund, purchase)
    returns.begin(refund, purchase)
    return refund
