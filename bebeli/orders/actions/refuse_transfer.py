"""Finance finds no such money, or cannot read the proof."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from bebeli.catalog import stock
from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.steps import verb
from bebeli.orders import tell, windows
from bebeli.orders.actions.lock_transfer import Case, decide, end_by_hand, refuse_answered, refuse_other_eyes, take_case
from bebeli.orders.models import TransferProof

S = TransferProof.State
FIRST, LATER = timedelta(hours=24), timedelta(hours=1)


@verb
def refuse_transfer(proof_id: int, user_id: int, reason: str) -> TransferProof:
    """Refuse with a reason the buyer reads, who may then send another proof: a day after the first refusal, an hour after others.

    Raises InvalidInput at `alasan`, Refused: proof_decided, taken, own_purchase, money_seen.
    """
    reason = " ".join(reason.split())[:240]
    if not reason:
        raise InvalidInput("reason_needed", _("Tulis alasannya. Pembeli akan membacanya."), field="alasan")
    case = take_case(proof_id)
    if case.proof.state == S.REFUSED and case.proof.reason == reason:
        return case.proof
    refuse_answered(case)
    refuse_other_eyes(case, user_id)
    if case.proof.state == S.MISMATCH:
        raise Refused("money_seen", _("Uangnya sudah terlihat masuk. Terima jumlah penuhnya, atau kembalikan."))
    is_first = not TransferProof.objects.filter(attempt=case.attempt, state=S.REFUSED).exists()
    case.proof.reason = reason
    decide(case, S.REFUSED, user_id)
    if case.scene.purchase.is_awaiting_payment:
        _wait_longer(case, FIRST if is_first else LATER)
        tell.proof_refused(case.proof, case.scene.purchase)
    else:
        end_by_hand(case.scene, "refused")
    return case.proof


def _wait_longer(case: Case, more: timedelta) -> None:
    """Give the buyer time for another proof, and hold the stock as long; a deadline further out stays."""
    payment = case.scene.payment
    shown, provider, held = windows.minutes(case.attempt.method)
    payment.pay_before = max(payment.pay_before, clock.now() + more)
    payment.provider_until = max(payment.provider_until, payment.pay_before + timedelta(minutes=provider - shown))
    payment.hold_until = max(payment.hold_until, payment.pay_before + timedelta(minutes=held - shown))
    payment.save()
    for order in case.scene.orders:
        stock.hold_longer(order.code, payment.hold_until)
