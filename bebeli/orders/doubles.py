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

    What its payer had paid back to us meanwhile is the payer's, and is promised.
    """
    assert_open()
    gone = attempt.doubles.filter(opened_with=restored.reverses)
    for case in gone.still_ours().order_by("pk"):
        if case.state == S.WRITTEN_OFF:
            lines = posting.negation(posting.double_written_off(case.amount))
            key = f"double:{case.pk}:found"
            ledger.post(locks, "double_found", key, lines, purchase=purchase, attempt=attempt, reverses=case.ended_with)
        case.note = why
        end(case, S.RESTORED, user_id, restored)
    recovered = sum(case.amount for case in gone.filter(state=S.RECOVERED))
    if recovered:
        about: dict[str, Any] = {"purchase": purchase, "attempt": attempt}
        late.promise(locks, late.Promise(recovered, Refund.Channel.BANK, AGAIN, user_id, is_by_people=True), **about)
