"""Money that its payer has twice, as steps of the verbs by which it went or comes again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from bebeli.kit import clock
from bebeli.kit.locks import Locks
from bebeli.kit.steps import assert_open
from bebeli.orders import late, ledger, posting, tell
from bebeli.orders.models import DoubleRefund, Entry, PaymentAttempt, Purchase, Refund

S = DoubleRefund.State
AGAIN = gettext_noop("Uang yang sudah Anda bayar kembali ternyata datang lagi dari bank")


def begin(attempt: PaymentAttempt, amount: int, entry: Entry, refund: Refund | None = None) -> DoubleRefund:
    """Open the case of money that `entry` puts to UNALLOCATED because its payer has it twice, and tell finance."""
    assert_open()
    case = DoubleRefund.objects.create(attempt=attempt, refund=refund, amount=amount, opened_with=entry)
    tell.double_opened(case)
    return case


def go_on(case: DoubleRefund, rest: int) -> DoubleRefund:
    """Open a case about what is still missing of one that ended over a part; its payer has had it since the same day."""
    assert_open()
    return DoubleRefund.objects.create(
        attempt=case.attempt, refund=case.refund, amount=rest, opened_with=case.opened_with, opened_at=case.opened_at
    )


def end(case: DoubleRefund, state: str, user_id: int, entry: Entry) -> None:
    """Write the end down."""
    assert_open()
    case.state = state
    case.decided_by_id = user_id
    case.decided_at = clock.now()
    case.ended_with = entry
    case.looked_by = None
    case.looked_until = None
    case.save()


def came_again(locks: Locks, purchase: Purchase, restored: Entry, attempt: PaymentAttempt, user_id: int, why: str) -> None:
    """The provider gave an attempt's money again, by `restored`: the cases of what that undoes end, and a loss is undone.

    What its payer had paid back to us meanwhile is the payer's, and is promised. Where the provider had taken less than all,
    it gave as much less: what went out before by another way is missing again.
    """
    assert_open()
    about: dict[str, Any] = {"purchase": purchase, "attempt": attempt}
    gone = attempt.doubles.filter(opened_with=restored.reverses)
    for case in gone.still_ours().order_by("pk"):
        _undo(locks, case, about)
        case.note = why
        end(case, S.RESTORED, user_id, restored)
    for case in attempt.doubles.filter(state=S.NOT_TAKEN).order_by("pk"):
        _undo(locks, case, about)
        case.state, case.decided_by, case.decided_at, case.ended_with = S.OPEN, None, None, None
        case.save()
    recovered = sum(case.amount for case in gone.filter(state=S.RECOVERED))
    if recovered:
        late.promise(locks, late.Promise(recovered, Refund.Channel.BANK, AGAIN, user_id, is_by_people=True), **about)


def _undo(locks: Locks, case: DoubleRefund, about: dict[str, Any]) -> None:
    """Negate the end of a case that was no payment: nothing is lost, and nothing was left with the provider."""
    ends = {S.WRITTEN_OFF: posting.double_written_off, S.NOT_TAKEN: posting.double_not_taken}
    if case.state in ends:
        lines = posting.negation(ends[S(case.state)](case.amount))
        key = f"double:{case.pk}:found"
        ledger.post(locks, "double_found", key, lines, reverses=case.ended_with, **about)
