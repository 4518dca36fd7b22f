"""The provider gave money again that had paid for nothing and had gone out twice."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb
from bebeli.orders import reversals
from bebeli.orders.actions.lock_double import reason_of, refuse_other_eyes, take_twice
from bebeli.orders.models import DoubleRefund, PaymentAttempt


@verb
def restore_double(case_id: int, user_id: int, reason: str) -> DoubleRefund:
    """Take the reversal back: what its payer had is what we returned, and what was written off is no loss any more.

    Money of a paid purchase comes again by its orders. Twice is a quiet success. Raises InvalidInput at `alasan`,
    Refused: not_ours, taken, own_purchase.
    """
    why = reason_of(reason)
    twice = take_twice(case_id)
    case, attempt = twice.case, twice.case.attempt
    if case.state == DoubleRefund.State.RESTORED:
        return case
    if not (case.is_ours_if_it_comes and attempt.is_unallocated and attempt.status == PaymentAttempt.Status.REVERSED):
        raise Refused("not_ours", _("Uang ini bukan milik kami kalau datang lagi. Muat ulang halamannya."))
    refuse_other_eyes(twice, user_id)
    reversals.restore_unallocated(twice.scene.locks, twice.scene.purchase, attempt, user_id, why)
    case.refresh_from_db()
    return case
