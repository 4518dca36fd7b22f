"""A suspect payment brings nothing: the provider says that it is dead, or it was never ours."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb
from bebeli.orders.actions.lock_suspicion import decide, reason_of, refuse_answered, refuse_other_eyes, reopen, take_doubt
from bebeli.orders.models import PaymentAttempt, Suspicion

S = Suspicion.State


@verb
def close_suspicion(case_id: int, user_id: int, reason: str) -> Suspicion:
    """End the case and its attempt; an unpaid purchase may be paid another way until its time is up.

    Twice is a quiet success. Raises InvalidInput at `alasan`, Refused: case_decided, taken, own_purchase, not_dead.
    """
    reason = reason_of(reason)
    doubt = take_doubt(case_id)
    if doubt.case.state == S.CLOSED:
        return doubt.case
    refuse_answered(doubt)
    refuse_other_eyes(doubt, user_id)
    if not doubt.case.may_close:
        raise Refused("not_dead", _("Penyedia belum mengatakan pembayaran ini mati. Tanyakan lagi nanti."))
    decide(doubt, S.CLOSED, user_id, reason)
    attempt = doubt.attempt
    if attempt.is_live:
        attempt.status = PaymentAttempt.Status.DEAD
        attempt.provider_status = doubt.case.provider_status
    attempt.error = ""
    attempt.save()
    reopen(doubt.scene)
    return doubt.case
