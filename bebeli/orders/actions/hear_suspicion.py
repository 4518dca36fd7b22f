"""What the provider says of a suspect payment when it is asked again."""

from __future__ import annotations

from bebeli.kit.steps import verb
from bebeli.orders import suspicions
from bebeli.orders.actions.lock_suspicion import decide, refuse_answered, refuse_other_eyes, reopen, take_doubt
from bebeli.orders.actions.settle import apply_truth
from bebeli.orders.gateway.types import Truth
from bebeli.orders.models import PaymentAttempt, Suspicion

S = Suspicion.State


@verb
def hear_suspicion(case_id: int, user_id: int, truth: Truth, merchant_id: str) -> Suspicion:
    """Write down what is said now; where it fits after all the case is cleared and the truth applied like any other.

    Raises Refused: case_decided, taken, own_purchase.
    """
    doubt = take_doubt(case_id)
    refuse_answered(doubt)
    refuse_other_eyes(doubt, user_id)
    attempt = doubt.attempt
    suspicions.renew(doubt.case, truth, merchant_id)
    fits = (truth.amount, truth.currency, truth.merchant_id) == (attempt.gross, "IDR", merchant_id)
    if not fits or attempt.status == PaymentAttempt.Status.REVERSED:  # whose books only people may open again
        return doubt.case
    decide(doubt, S.CLEARED, user_id)
    attempt.error = ""
    attempt.save()
    reopen(doubt.scene)
    apply_truth(doubt.scene, attempt, truth, merchant_id)
    return doubt.case
