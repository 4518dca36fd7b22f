"""Finance transferred it, or found at the bank that it arrived."""

from __future__ import annotations

from bebeli.kit.steps import verb
from bebeli.orders import bank_reference
from bebeli.orders.actions.lock_payout import complete, refuse_empty_hands, refuse_own, refuse_state, take
from bebeli.orders.models import Payout
from bebeli.orders.proofs import KeptProof

S = Payout.State


@verb
def complete_payout(payout_id: int, user_id: int, reference: str, kept: KeptProof) -> Payout:
    """End it by the bank's reference and a picture or paper of it: a transfer by hand, or one nobody knew about.

    Raises InvalidInput at `referensi`, Refused: payout_moved, own_payout, taken, not_taken.
    """
    number = bank_reference.read(reference)
    taken = take(payout_id)
    payout = taken.payout
    if payout.state == S.COMPLETED and payout.reference == number:
        return payout
    if not payout.is_ours_to_end:
        raise refuse_state(payout)
    refuse_own(payout, user_id)
    refuse_empty_hands(payout, user_id)
    payout.reference = number
    payout.proof = kept.name
    complete(taken, user_id)
    return payout
