"""Finance transferred, or found a transfer: the proof is stored first, and forgotten when no payout comes to speak of it."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile

from bebeli.kit.storage import kept_if_told
from bebeli.orders import proofs
from bebeli.orders.actions.complete_payout import complete_payout
from bebeli.orders.actions.find_payout import find_payout
from bebeli.orders.models import Payout


def complete_with_proof(payout_id: int, user_id: int, reference: str, upload: UploadedFile[bytes] | None) -> Payout:
    """Store what was uploaded and end the payout by it; raises what either refuses."""
    kept = proofs.keep(upload)
    with kept_if_told(kept.name) as told:
        payout = complete_payout(payout_id, user_id, reference, kept)
        told.add(payout.proof)  # an earlier one where it had ended before, by the same reference
    return payout


def find_with_proof(payout_id: int, user_id: int, reference: str, upload: UploadedFile[bytes] | None) -> Payout:
    """Store what was uploaded and say that the payout arrived after all; the proof of an earlier, wrong, word goes."""
    before = Payout.objects.values_list("proof", flat=True).get(pk=payout_id)
    kept = proofs.keep(upload)
    with kept_if_told(*filter(None, [kept.name, before])) as told:
        told.add(before)
        payout = find_payout(payout_id, user_id, reference, kept)
        told.discard(before)
        told.add(payout.proof)
    return payout
