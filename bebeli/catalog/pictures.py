"""Uploaded pictures: decoded, turned upright, re-encoded in sizes without metadata, kept under the hash of what they show.

Anything that is not a plain JPEG, PNG or WebP of a sane size is refused before its pixels are unpacked.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from bebeli.kit import logs
from bebeli.kit.errors import InvalidInput

MAX_BYTES = 8_000_000
MAX_PIXELS = 40_000_000
SMALLEST_SIDE = 200
WIDTHS = (240, 480, 960)
FORMATS = ("JPEG", "PNG", "WEBP")
KINDS: dict[str, dict[str, int]] = {"avif": {"quality": 60, "speed": 8}, "webp": {"quality": 75, "method": 4}}


@dataclass(frozen=True)
class Kept:
    """A stored picture: its digest, size in pixels and the widths that exist."""

    digest: str
    width: int
    height: int
    widths: tuple[int, ...]


def path_of(digest: str, width: int, kind: str) -> str:
    """Return where a derivative lies."""
    return f"p/{digest[:2]}/{digest}-{width}.{kind}"


def keep(upload: UploadedFile[bytes]) -> Kept:
    """Store an upload's derivatives; raises InvalidInput at `picture`. The same picture twice is stored once."""
    if (upload.size or 0) > MAX_BYTES:
        raise _refusal(_("Fotonya lebih dari 8 MB. Kecilkan dulu, lalu unggah lagi."))
    picture = decoded(upload.read())
    digest = hashlib.sha256(f"{picture.size}".encode() + picture.tobytes()).hexdigest()[:32]
    widths = tuple(width for width in WIDTHS if width <= picture.width) or (WIDTHS[0],)
    for width in widths:
        _store(picture, digest, width)
    return Kept(digest, picture.width, picture.height, widths)


def decoded(raw: bytes) -> Image.Image:
    """Return an upright RGB picture, at most as wide as the widest derivative."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(raw), formats=FORMATS)
            width, height = picture.size
            if width * height > MAX_PIXELS:
                raise _refusal(_("Fotonya terlalu besar: paling banyak 40 megapiksel."))
            if min(width, height) < SMALLEST_SIDE:
                raise _refusal(_("Fotonya terlalu kecil: sisi terpendek paling sedikit 200 piksel."))
            picture.draft("RGB", (WIDTHS[-1] * 2, WIDTHS[-1] * 2))
            upright = ImageOps.exif_transpose(picture)
            flat = Image.new("RGB", upright.size, "white")
            seen = upright.convert("RGBA")
            flat.paste(seen, mask=seen.getchannel("A"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as error:
        raise _refusal(_("Berkas ini bukan foto JPG, PNG, atau WebP yang utuh.")) from error
    flat.thumbnail((WIDTHS[-1], WIDTHS[-1] * 2), Image.Resampling.LANCZOS)
    return flat


def _store(picture: Image.Image, digest: str, width: int) -> None:
    size = (width, max(round(picture.height * width / picture.width), 1))
    small = picture.resize(size, Image.Resampling.LANCZOS)
    for kind, options in KINDS.items():
        name = path_of(digest, width, kind)
        if not default_storage.exists(name):
            out = io.BytesIO()
            small.save(out, kind.upper(), **options)
            default_storage.save(name, ContentFile(out.getvalue()))


def _refusal(words: object) -> InvalidInput:
    logs.security("upload_refused", why="bad_picture")
    return InvalidInput("bad_picture", words, field="picture")  # type: ignore[arg-type]
