"""Proofs of a transfer as files: pictures decoded and re-encoded, papers kept as they are, all of it in the private storage."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from bebeli.catalog import pictures
from bebeli.kit import codes
from bebeli.kit.errors import InvalidInput
from bebeli.orders.models import TransferProof

MAX_BYTES = 8_000_000
PDF_BEGINS, PDF_ENDS, TAIL = b"%PDF-", b"%%EOF", 1024
PRIVATE = "private, no-store"


@dataclass(frozen=True)
class KeptProof:
    """A stored file: its name, size in bytes, and the hash of what was sent."""

    name: str
    size: int
    sha256: str


def keep(upload: UploadedFile[bytes] | None) -> KeptProof:
    """Store an upload; raises InvalidInput at `bukti`, NoRoom."""
    if upload is None or not upload.size:
        raise _refusal(_("Pilih berkas bukti transfernya dulu."))
    if upload.size > MAX_BYTES:
        raise _refusal(_("Berkasnya lebih dari 8 MB. Kecilkan dulu, lalu unggah lagi."))
    upload.seek(0)  # a door that tries a second time has read it before
    raw = upload.read()
    content, kind = (raw, "pdf") if _is_pdf(raw) else (_picture(raw), "webp")
    name = storages["private"].save(f"bukti/{codes.random_token()}.{kind}", ContentFile(content))
    return KeptProof(name, len(content), hashlib.sha256(raw).hexdigest())


def _is_pdf(raw: bytes) -> bool:
    if not raw.startswith(PDF_BEGINS):
        return False
    if PDF_ENDS not in raw[-TAIL:]:
        raise _refusal(_("PDF ini tidak utuh. Unduh lagi dari bank Anda, lalu unggah di sini."))
    return True


def _picture(raw: bytes) -> bytes:
    try:
        picture = pictures.decoded(raw)
    except InvalidInput as error:
        raise InvalidInput("bad_proof", _("Bukti harus foto JPG, PNG, WebP, atau PDF yang utuh."), field="bukti") from error
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=80, method=4)
    return out.getvalue()


def answer(proof: TransferProof) -> HttpResponse:
    """Answer with a buyer's file to somebody whose right to it was checked."""
    return answer_file(proof.name, f"bukti-{proof.pk}.pdf")


def answer_file(name: str, called: str) -> HttpResponse:
    """Answer with a stored file: a picture as such, a paper only as a download under the given name."""
    try:
        with storages["private"].open(name) as stored:
            content = stored.read()
    except OSError as error:
        raise Http404 from error
    is_pdf = name.endswith(".pdf")
    headers = {"Cache-Control": PRIVATE, "Content-Security-Policy": "default-src 'none'; sandbox"}
    if is_pdf:
        headers["Content-Disposition"] = f'attachment; filename="{called}"'
    return HttpResponse(content, content_type="application/pdf" if is_pdf else "image/webp", headers=headers)


def _refusal(words: object) -> InvalidInput:
    return InvalidInput("bad_proof", words, field="bukti")  # type: ignore[arg-type]
