"""One officer at a time looks at a case: steps of the verbs that take it, leave it, or decide it, and have locked it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.steps import assert_open
from bebeli.orders.models import Complaint, DoubleRefund, Suspicion, TransferProof

Case = Complaint | DoubleRefund | Suspicion | TransferProof


def take(case: Case, user_id: int, minutes: int) -> None:
    """Take it for some minutes; taking it again begins anew."""
    assert_open()
    case.looked_by_id = user_id
    case.looked_until = clock.minutes_ahead(minutes)
    case.save()


def leave(case: Case, user_id: int) -> None:
    """Let others look; leaving what one does not hold changes nothing."""
    assert_open()
    if case.looked_by_id == user_id:
        case.looked_by = None
        case.looked_until = None
        case.save()


def refuse_other_eyes(case: Case, user_id: int) -> None:
    """Refuse while somebody else is looking; `looked_by` is loaded."""
    if case.looked_by is not None and case.is_taken_from(user_id):
        raise Refused("taken", _("Sedang diperiksa oleh %(name)s. Ambil yang lain dulu.") % {"name": case.looked_by.first_name})


def refuse_own_purchase(buyer_id: int | None, user_id: int) -> None:
    """Refuse whoever made the purchase."""
    if buyer_id == user_id:
        raise Refused("own_purchase", _("Ini pembelian Anda sendiri. Petugas lain yang harus memeriksanya."))
