"""Money that pays for nothing: it came too late, twice, or was not what was asked. A step of somebody's transaction."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from bebeli.kit import clock
from bebeli.kit.locks import Locks
from bebeli.kit.steps import assert_open
from bebeli.orders import ledger, posting, returns, tell
from bebeli.orders.models import PaymentAttempt, Purchase, Refund

LATE = gettext_noop("Pembayaran datang terlambat atau ganda")
OTHER = gettext_noop("Jumlah yang masuk berbeda dari tagihannya")


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
    now, channel = clock.now(), returns.channel_of(attempt)
    is_by_people = decided_by is not None or channel == Refund.Channel.BANK
    needs_second = is_by_people and returns.is_much(attempt.gross)
    refund = Refund.objects.create(
        key=f"{attempt.code}-r1",
        attempt=attempt,
        amount=attempt.gross,
        channel=channel,
        state=Refund.State.REQUESTED if needs_second else Refund.State.APPROVED,
        decided_by_id=decided_by,
        needs_second=needs_second,
        approved_at=None if needs_second else now,
        reason=reason,
        requested_at=now,
        next_at=now,
    )
    about: dict[str, Any] = {"purchase": purchase, "attempt": attempt}
    lines = posting.unallocated(attempt.gross, returns.till_of(attempt))
    ledger.post(locks, "unallocated", f"pay:{attempt.code}:unallocated", lines, **about)
    lines = posting.unallocated_refund(attempt.gross)
    ledger.post(locks, "refunded", f"refund:{refund.key}", lines, **about, refund=refund)
    tell.late_money(refund, purchase)
    returns.begin(refund, purchase)
    return "unallocated"
