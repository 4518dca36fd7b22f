"""Finance gave money back: the proof is stored first, and forgotten when no refund comes to speak of it."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile

from bebeli.orders import proofs
from bebeli.orders.actions.refund import refund_paid_by_hand
from bebeli.orders.models import Refund


def pay_with_proof(refund_id: int, user_id: int, reference: str, upload: UploadedFile[bytes] | None) -> Refund:
    """Store what was uploaded and end the refund by it; raises what either refuses."""
    kept = proofs.keep(upload)
    try:
        refund = refund_paid_by_hand(refund_id, user_id, reference, kept)
    except Exception:
        proofs.drop(kept)
        raise
    if refund.proof != kept.name:  # it was paid before
        proofs.drop(kept)
    return refund
