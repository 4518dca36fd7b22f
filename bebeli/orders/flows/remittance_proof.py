"""A remittance's proof is stored first, and forgotten when no row comes to speak of it."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile

from bebeli.kit.storage import kept_if_told
from bebeli.orders import proofs
from bebeli.orders.actions.book_remittance import book_remittance
from bebeli.orders.models import Remittance


def book_with_proof(remittance_id: int, user_id: int, reference: str, upload: UploadedFile[bytes] | None) -> Remittance:
    """Store what was uploaded and book the remittance by it; raises what either refuses."""
    kept = proofs.keep(upload)
    with kept_if_told(kept.name) as told:
        found = book_remittance(remittance_id, user_id, reference, kept)
        told.add(found.proof)  # an earlier one where it was booked before, by the same reference
    return found
