"""Money that does not fit goes back, and the purchase it did not pay ends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb
from bebeli.orders import late, states, tell
from bebeli.orders.actions.close_purchase import close
from bebeli.orders.actions.lock_suspicion import Doubt, decide, reason_of, refuse_answered, refuse_other_eyes, take_doubt
from bebeli.orders.actions.lock_transfer import end_by_hand
from bebeli.orders.actions.settle import RANK_SETTLED
from bebeli.orders.models import AttemptEvent, Payment, PaymentAttempt, Purchase, Suspicion

S = Suspicion.State


@verb
def return_suspicion(case_id: int, user_id: int, reason: str) -> Suspicion:
    """Book what really came and promise it back; an unpaid purchase ends. Twice is a quiet success.

    Raises InvalidInput at `alasan`, Refused: case_decided, taken, own_purchase, nothing_came, double_open.
    """
    reason = reason_of(reason)
    doubt = take_doubt(case_id)
    if doubt.case.state == S.RETURNED:
        return doubt.case
    refuse_answered(doubt)
    refuse_other_eyes(doubt, user_id)
    if not doubt.case.may_go_back:
        raise Refused(
            "nothing_came", _("Penyedia tidak mengatakan ada rupiah yang masuk ke kami. Tidak ada yang bisa dikembalikan.")
        )
    if doubt.attempt.doubles.still_ours().exists():
        words = _("Uang ini pernah kami kembalikan, jadi yang datang lagi milik kami. Catat di kasus uang yang keluar dua kali.")
        raise Refused("double_open", words)
    scene = doubt.scene
    came = _came(doubt)
    doubt.case.came = came
    decide(doubt, S.RETURNED, user_id, reason)
    if scene.purchase.is_awaiting_payment:
        close(scene, "cancel_unpaid", states.SYSTEM, Purchase.Status.CANCELLED, Payment.Status.CANCELLED)
        tell.closed_unpaid(scene.purchase, "orders.purchase_cancelled")
    end_by_hand(scene, "returned")
    is_other = doubt.case.amount != doubt.case.expected
    late.late_money(scene.locks, scene.purchase, came, late.OTHER if is_other else late.LATE, user_id)
    return doubt.case


def _came(doubt: Doubt) -> PaymentAttempt:
    """Return the attempt that stands for the money that came, and for all that the provider will say of it.

    It is the attempt itself, over what came instead of what was asked. Where its own books are closed by a reversal,
    another one takes over the transaction.
    """
    attempt, case, now = doubt.attempt, doubt.case, clock.now()
    transaction_id = attempt.transaction_id or case.transaction_id
    if attempt.status == PaymentAttempt.Status.REVERSED:
        attempt.transaction_id = ""
        attempt.error = ""
        attempt.save()
        attempt = PaymentAttempt(
            payment=doubt.scene.payment,
            code=f"{doubt.scene.purchase.code}-p{len(doubt.scene.attempts) + 1}",
            method=attempt.method,
        )
    attempt.transaction_id = transaction_id
    attempt.gross = case.amount
    attempt.status = PaymentAttempt.Status.SETTLED
    attempt.is_unallocated = True
    attempt.provider_status = case.provider_status
    attempt.rank = max(attempt.rank, RANK_SETTLED)
    attempt.settled_at = now
    attempt.error = ""
    attempt.save()
    AttemptEvent.objects.create(
        attempt=attempt, provider_status=case.provider_status, rank=RANK_SETTLED, amount=case.amount, at=now
    )
    return attempt
