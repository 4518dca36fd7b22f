"""What the provider gave out of a payment without us, as steps of the verbs that hear it or place it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bebeli.kit import clock
from bebeli.kit.steps import assert_open
from bebeli.orders import tell
from bebeli.orders.gateway.types import Truth
from bebeli.orders.models import OutsideRefund, PaymentAttempt, Refund

K, S = OutsideRefund.Kind, OutsideRefund.State
PART_TAKEN = "partial_chargeback"


@dataclass(frozen=True)
class Heard:
    """One thing the provider says it gave out; `amount` is empty where it does not say how much."""

    kind: str
    key: str
    amount: int | None
    confirmed_at: datetime | None


def heard(attempt: PaymentAttempt, truth: Truth) -> list[Heard]:
    """Return what the provider says went out of an attempt and no refund of ours asked for."""
    ours = list(attempt.refunds.exclude(state=Refund.State.FAILED).filter(outside=None, channel=Refund.Channel.PROVIDER))
    known = {(refund.key, refund.amount) for refund in ours}
    foreign = [row for row in truth.refunds if row.amount > 0 and (row.refund_key, row.amount) not in known]
    found = [Heard(K.REFUND, row.refund_key, row.amount, row.confirmed_at) for row in foreign]
    listed = {row.refund_key for row in truth.refunds}
    unlisted = sum(one.amount for one in ours if one.state in {"sent", "confirmed"} and one.key not in listed)
    rest = _given_back(truth) - sum(row.amount for row in truth.refunds) - unlisted
    if truth.status == PART_TAKEN:
        found.append(Heard(K.CHARGEBACK, OutsideRefund.OF_NO_KEY, rest if rest > 0 else None, clock.now()))
    elif rest > 0:
        found.append(Heard(K.REFUND, OutsideRefund.OF_NO_KEY, rest, clock.now()))
    return found


def _given_back(truth: Truth) -> int:
    if truth.given_back is not None:
        return truth.given_back
    return truth.amount if truth.status == "refund" else 0


def is_news(attempt: PaymentAttempt, truth: Truth) -> bool:
    """Tell whether a truth speaks of something outside that is not written down, or not as it is now."""
    rows = {(row.kind, row.key): row for row in attempt.outsides.all()}
    said = heard(attempt, truth)
    if any(_differs(rows.get((one.kind, one.key)), one) for one in said):
        return True
    return any(row.is_open for at, row in rows.items() if at not in {(one.kind, one.key) for one in said})


def _differs(row: OutsideRefund | None, one: Heard) -> bool:
    if row is None or row.state == S.GONE:
        return True
    return one.confirmed_at is not None and row.confirmed_at is None


def note(attempt: PaymentAttempt, truth: Truth) -> None:
    """Lay what went out without us before finance, once each; what the provider speaks of no more needs nobody."""
    assert_open()
    said = heard(attempt, truth)
    for one in said:
        _note(attempt, one)
    spoken_of = {(one.kind, one.key) for one in said}
    for row in attempt.outsides.open():
        if (row.kind, row.key) not in spoken_of and not row.placed:
            row.state = S.GONE
            row.save()


def _note(attempt: PaymentAttempt, one: Heard) -> None:
    row = attempt.outsides.filter(kind=one.kind, key=one.key).first() or _unnamed(attempt, one)
    is_new = row is None or row.state == S.GONE
    row = row or OutsideRefund(attempt=attempt, kind=one.kind, key=one.key)
    if is_new:
        row.state = S.OPEN
        row.found_at = clock.now()
    if row.amount is None or (row.is_open and one.amount is not None and not (row.pk and row.placed)):
        row.amount = one.amount
    row.confirmed_at = row.confirmed_at or one.confirmed_at
    row.heard_at = clock.now()
    row.save()
    if is_new:
        tell.outside_found(row)


def _unnamed(attempt: PaymentAttempt, one: Heard) -> OutsideRefund | None:
    """Return what was heard before without a key, now that the provider names it."""
    row = attempt.outsides.filter(kind=one.kind, key=OutsideRefund.OF_NO_KEY, amount=one.amount).exclude(state=S.GONE).first()
    if row is not None:
        row.key = one.key
    return row


def confirmed(attempt: PaymentAttempt) -> Sequence[int]:
    """Return the ids of payable refunds under which the provider's bank has given the money already."""
    given = Refund.objects.filter(outside__attempt=attempt, outside__confirmed_at__isnull=False, state__in=Refund.PAYABLE)
    return list(given.values_list("pk", flat=True))


def is_undecided(attempt_id: int) -> bool:
    """Tell whether something of this attempt went out that nobody has placed yet: no more may be sent meanwhile."""
    return OutsideRefund.objects.open().filter(attempt_id=attempt_id).exists()
