"""A proof from upload to row: the file is stored first, and forgotten when no row comes to speak of it."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile

from bebeli.kit.storage import kept_if_told
from bebeli.orders import proofs
from bebeli.orders.actions.upload_proof import upload_proof
from bebeli.orders.models import TransferProof


def send_proof(purchase_id: int, upload: UploadedFile[bytes] | None, sender: str) -> TransferProof:
    """Store an upload and lay it before finance; raises what either refuses."""
    kept = proofs.keep(upload)
    with kept_if_told(kept.name) as told:
        proof = upload_proof(purchase_id, kept, sender)
        told.add(proof.name)  # an earlier one where the same file was there already
    return proof
