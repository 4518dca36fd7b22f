"""Pictures of a complaint as files: decoded, turned upright, re-encoded without metadata, in the private storage."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from bebeli.catalog import pictures
from bebeli.kit import codes
from bebeli.kit.errors import InvalidInput, Message, Refused

MOST_PICTURES = 5
FIELD = "foto"


@dataclass(frozen=True)
class KeptPicture:
    """A stored picture: its name in the private storage, and its size in bytes."""

    name: str
    size: int


def keep(uploads: Sequence[UploadedFile[bytes]]) -> tuple[KeptPicture, ...]:
    """Store pictures, all or none; raises InvalidInput at `foto`, NoRoom."""
    sent = [upload for upload in uploads if upload.size]
    if len(sent) > MOST_PICTURES:
        raise _refusal(_("Paling banyak 5 foto sekali kirim."))
    kept: list[KeptPicture] = []
    try:
        for upload in sent:
            kept.append(_store(upload))  # noqa: PERF401  what was stored before a bad one must be known
    except Refused:  # a bad one, or no room for it
        _drop(kept)
        raise
    return tuple(kept)


def _store(upload: UploadedFile[bytes]) -> KeptPicture:
    if (upload.size or 0) > pictures.MAX_BYTES:
        raise _refusal(_("Fotonya lebih dari 8 MB. Kecilkan dulu, lalu unggah lagi."))
    upload.seek(0)  # a door that tries a second time has read it before
    try:
        picture = pictures.decoded(upload.read())
    except InvalidInput as error:
        raise _refusal(error.message) from error
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=80, method=4)
    content = out.getvalue()
    name = storages["private"].save(f"keluhan/{codes.random_token()}.webp", ContentFile(content))
    return KeptPicture(name, len(content))


def _drop(kept: Sequence[KeptPicture]) -> None:
    for picture in kept:
        storages["private"].delete(picture.name)


def _refusal(words: Message) -> InvalidInput:
    return InvalidInput("bad_picture", words, field=FIELD)
