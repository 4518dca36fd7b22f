"""Finance finds at the bank that a payout arrived which it had called failed, or that it did not after all."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb
from bebeli.orders import bank_reference, tell
from bebeli.orders.actions.lock_payout import reason_of, refuse_own, refuse_state, take
from bebeli.orders.actions.owe_payout import came_back_too
from bebeli.orders.models import Payout
from bebeli.orders.proofs import KeptProof


@verb
def find_payout(payout_id: int, user_id: int, reference: str, kept: KeptProof) -> Payout:
    """Lay it before another officer, who books that the seller has it twice; the same reference again is a quiet success.

    Raises InvalidInput at `referensi`, Refused: payout_moved, own_payout.
    """
    number = bank_reference.read(reference)
    payout = take(payout_id).payout
    if payout.is_found and payout.reference == number:
        return payout
    if not payout.may_be_found:
        raise refuse_state(payout)
    refuse_own(payout, user_id)
    payout.paid_after_at, payout.paid_after_by_id = clock.now(), user_id
    payout.owed, payout.owed_at, payout.owed_by, payout.unpaid_at = 0, None, None, None
    payout.taken_by, payout.taken_at = None, None
    payout.reference, payout.proof = number, kept.name
    payout.save()
    tell.payout_paid_after(payout)
    return payout


@verb
def lose_payout(payout_id: int, user_id: int, reason: str) -> Payout:
    """What somebody found is not at the bank, or came back from it: nothing of it is owed. Who found it may say so, too.

    Raises InvalidInput at `alasan`, Refused: not_found_by_hand, own_payout.
    """
    why = reason_of(reason)
    taken = take(payout_id)
    payout = taken.payout
    if not payout.is_found:
        raise Refused("not_found_by_hand", _("Tidak ada petugas yang mencatat pencairan ini masuk. Muat ulang halamannya."))
    if payout.paid_after_by_id != user_id:
        refuse_own(payout, user_id)
    came_back_too(taken, why)
    return payout
