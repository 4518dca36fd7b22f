"""A report's line meets the books: matched with what explains it, or a difference for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bebeli.kit import clock
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.models import Difference, DoubleRefund, Entry, PaymentAttempt, Payout, Refund, Remittance, ReportLine


@dataclass(frozen=True)
class Explained:
    """What a line is."""

    attempt: PaymentAttempt | None = None
    refund: Refund | None = None
    batch_day: date | None = None
    fee_entry: Entry | None = None
    banked_entry: Entry | None = None
    payout: Payout | None = None
    double: DoubleRefund | None = None
    turn: int = 0  # how often its money had gone this way before
    remittance: Remittance | None = None


@verb
def match_line(line_id: int, explained: Explained) -> ReportLine:
    """Write down what a line is; differences that it or its attempt had are resolved by it."""
    line = Locks().row(ReportLine, line_id)
    if line.is_matched:  # by another matcher, just now
        return line
    line.attempt, line.refund, line.batch_day = explained.attempt, explained.refund, explained.batch_day
    line.fee_entry, line.banked_entry = explained.fee_entry, explained.banked_entry
    line.double, line.remittance = explained.double, explained.remittance
    line.payout, line.turn = explained.payout, explained.turn
    line.is_matched = True
    line.save()
    open_ones = Difference.objects.open()
    mine = open_ones.filter(line=line)
    if explained.attempt is not None and line.gross > 0:
        mine |= open_ones.filter(kind=Difference.Kind.MISSING, attempt=explained.attempt)
    mine.update(resolved_at=clock.now(), note=f"cocok dengan baris {line.number}, {line.report.name}"[:240])
    return line


@verb
def raise_difference(line_id: int, kind: str, attempt_id: int | None, in_books: int | None) -> Difference | None:
    """Write down that a line does not agree; the same line twice is one difference, a matched one none."""
    line = Locks().row(ReportLine, line_id)
    if line.is_matched:
        return None
    made, _is_new = Difference.objects.get_or_create(
        key=f"line:{line.pk}",
        defaults={
            "kind": kind,
            "line": line,
            "attempt_id": attempt_id,
            "in_report": line.gross,
            "in_books": in_books,
            "found_at": clock.now(),
        },
    )
    return made


@verb
def miss_attempt(attempt_id: int) -> Difference:
    """Write down that the provider's reports do not know a payment that the books hold; once."""
    attempt = PaymentAttempt.objects.get(pk=attempt_id)
    made, _is_new = Difference.objects.get_or_create(
        key=f"missing:{attempt.code}",
        defaults={"kind": Difference.Kind.MISSING, "attempt": attempt, "in_books": attempt.gross, "found_at": clock.now()},
    )
    return made
