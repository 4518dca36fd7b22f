"""A proof from upload to row: the file is stored first, and forgotten when no row comes to speak of it."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile

from bebeli.kit.errors import Busy
from bebeli.orders import proofs
from bebeli.orders.actions.upload_proof import upload_proof
from bebeli.orders.models import TransferProof


def send_proof(purchase_id: int, upload: UploadedFile[bytes] | None, sender: str) -> TransferProof:
    """Store an upload and lay it before finance; raises what either refuses. A held row is tried once more."""
    kept = proofs.keep(upload)
    try:
        try:
            proof = upload_proof(purchase_id, kept, sender)
        except Busy:
            proof = upload_proof(purchase_id, kept, sender)
    except Exception:
        proofs.drop(kept)
        raise
    if proof.name != kept.name:  # the same file was there already
        proofs.drop(kept)
    return proof
