"""Finance transferred: the proof is stored first, and forgotten when no payout comes to speak of it."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile

from bebeli.kit.storage import kept_if_told
from bebeli.orders import proofs
from bebeli.orders.actions.complete_payout import complete_payout
from bebeli.orders.models import Payout


def complete_with_proof(payout_id: int, user_id: int, reference: str, upload: UploadedFile[bytes] | None) -> Payout:
    """Store what was uploaded and end the payout by it; raises what either refuses."""
    kept = proofs.keep(upload)
    with kept_if_told(kept.name) as told:
        payout = complete_payout(payout_id, user_id, reference, kept)
        told.add(payout.proof)  # an earlier one where it had ended before, by the same reference
    return payout
