"""Finance found the money in the bank."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput
from bebeli.kit.steps import verb
from bebeli.orders.actions.lock_transfer import Case, decide, refuse_answered, refuse_other_eyes, take_case
from bebeli.orders.actions.settle import apply_truth
from bebeli.orders.gateway.types import Truth
from bebeli.orders.models import TransferProof

MOST_MONEY = 10**15
OURS = "bank"  # there is no merchant at a bank account of our own
S = TransferProof.State


@verb
def confirm_transfer(proof_id: int, user_id: int, amount: int) -> TransferProof:
    """Settle by the amount that was found; another one than was asked makes the payment suspect and moves no goods.

    The same answer twice is a quiet success. Raises InvalidInput at `jumlah`, Refused: proof_decided, taken, own_purchase.
    """
    case = take_case(proof_id)
    if case.proof.state == S.ACCEPTED and case.proof.amount_seen == amount:
        return case.proof
    refuse_answered(case)
    refuse_other_eyes(case, user_id)
    if not 0 < amount < MOST_MONEY:
        raise InvalidInput("bad_amount", _("Tulis jumlah yang masuk, angka saja."), field="jumlah")
    is_whole = amount == case.attempt.gross
    if is_whole:
        case.attempt.error = ""  # what was suspect before is made up for
    case.scene.said_by = user_id
    apply_truth(case.scene, case.attempt, truth_of(case, amount), OURS)
    case.proof.amount_seen = amount
    decide(case, S.ACCEPTED if is_whole else S.MISMATCH, user_id)
    return case.proof


def truth_of(case: Case, amount: int) -> Truth:
    """Return what finance says in the words in which a provider would say it."""
    return Truth(
        order_id=case.attempt.code,
        transaction_id="",
        status="settlement",
        status_code="200",
        fraud_status=None,
        amount=amount,
        currency="IDR",
        merchant_id=OURS,
        payment_type="manual_transfer",
        paid_at=None,
        refunds=(),
        raw={},
    )
