"""Money of another amount goes back, and the purchase ends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb
from bebeli.orders import late, states, tell
from bebeli.orders.actions.close_purchase import close
from bebeli.orders.actions.lock_transfer import Case, decide, end_by_hand, refuse_other_eyes, take_case
from bebeli.orders.models import Payment, PaymentAttempt, Purchase, TransferProof

S = TransferProof.State


@verb
def return_transfer(proof_id: int, user_id: int) -> TransferProof:
    """Promise what came back to the buyer and end the unpaid purchase; twice is a quiet success.

    What came becomes an attempt of its own, because it is not what the first one asked for.
    Raises Refused: proof_decided, taken, own_purchase.
    """
    case = take_case(proof_id)
    if case.proof.state == S.RETURNED:
        return case.proof
    if case.proof.state != S.MISMATCH:
        raise Refused("proof_decided", _("Hanya uang dengan jumlah lain yang dikembalikan dari sini."), state=case.proof.state)
    refuse_other_eyes(case, user_id)
    scene = case.scene
    decide(case, S.RETURNED, user_id)
    if scene.purchase.is_awaiting_payment:
        close(scene, "cancel_unpaid", states.SYSTEM, Purchase.Status.CANCELLED, Payment.Status.CANCELLED)
        tell.closed_unpaid(scene.purchase, "orders.purchase_cancelled")
    end_by_hand(scene, "returned")
    late.late_money(scene.locks, scene.purchase, _came(case), late.OTHER, user_id)
    return case.proof


def _came(case: Case) -> PaymentAttempt:
    now = clock.now()
    return PaymentAttempt.objects.create(
        payment=case.scene.payment,
        code=f"{case.scene.purchase.code}-p{len(case.scene.attempts) + 1}",
        method=case.attempt.method,
        receiving_id=case.attempt.receiving_id,
        status=PaymentAttempt.Status.SETTLED,
        is_unallocated=True,
        gross=case.proof.amount_seen or 0,
        settled_at=now,
        created_at=now,
    )
