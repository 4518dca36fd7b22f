"""The money of a remittance moved: into the books, by who proposed it, with the reference and a proof."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders import bank_reference, ledger, posting
from bebeli.orders.actions.approve_remittance import refuse_moved
from bebeli.orders.actions.propose_remittance import refuse_more
from bebeli.orders.models import Remittance
from bebeli.orders.proofs import KeptProof

S = Remittance.State


@verb
def book_remittance(remittance_id: int, user_id: int, reference: str, kept: KeptProof) -> Remittance:
    """Post it once; twice by the same reference is a quiet success.

    Only who proposed it transfers it, so that nobody transfers it a second time. Raises InvalidInput at `referensi` or
    `jumlah`, Refused: remittance_moved, anothers.
    """
    locks = Locks()
    found = locks.row(Remittance, remittance_id)
    number = bank_reference.read(reference)
    if found.state == S.BOOKED and found.reference == number:
        return found
    refuse_moved(found, S.APPROVED)
    if found.proposed_by_id != user_id:
        raise Refused("anothers", _("Yang mengusulkan setoran ini yang mentransfer dan membukukannya."))
    refuse_more(locks, found.kind, found.amount, found.set_off)
    found.state = S.BOOKED
    found.reference = number
    found.proof = kept.name
    found.ended_by_id = user_id
    found.ended_at = clock.now()
    found.save()
    account = Remittance.STANDS_ON[found.kind]
    lines = posting.remitted(account, found.amount, found.set_off, comes_in=found.comes_in)
    ledger.post(locks, "remitted", found.key, lines)
    return found
