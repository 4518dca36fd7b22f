"""Finance gave money back: the proof is stored first, and forgotten when no refund comes to speak of it."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile

from bebeli.kit.storage import kept_if_told
from bebeli.orders import proofs
from bebeli.orders.actions.refund import refund_paid_by_hand
from bebeli.orders.models import Refund


def pay_with_proof(refund_id: int, user_id: int, reference: str, upload: UploadedFile[bytes] | None) -> Refund:
    """Store what was uploaded and end the refund by it; raises what either refuses."""
    kept = proofs.keep(upload)
    with kept_if_told(kept.name) as told:
        refund = refund_paid_by_hand(refund_id, user_id, reference, kept)
        told.add(refund.proof)  # an earlier one where it was paid before
    return refund
