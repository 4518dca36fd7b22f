"""Money that the provider gave out went with the whole payment, which its bank took back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb
from bebeli.orders.actions.lock_outside import S, reason_of, refuse_decided, release, take_outside
from bebeli.orders.models import OutsideRefund, PaymentAttempt


@verb
def close_outside(case_id: int, user_id: int, reason: str) -> OutsideRefund:
    """End a case of a payment that its bank took back whole: this went with it. Raises Refused: case_decided, not_reversed."""
    why = reason_of(reason)
    outside = take_outside(case_id)
    refuse_decided(outside, user_id)
    case = outside.case
    if case.attempt.status != PaymentAttempt.Status.REVERSED or case.placed:
        raise Refused("not_reversed", _("Pembayarannya masih tercatat. Bukukan uang yang keluar ini."))
    case.state, case.decided_by_id, case.decided_at, case.reason = S.GONE, user_id, clock.now(), why
    case.save()
    release(case)
    return case
