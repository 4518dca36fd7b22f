"""A corpus of uploads: no plain picture, refused before its pixels are unpacked; a picture loses all but its pixels."""

from __future__ import annotations

import io
import resource
import struct
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bebeli.catalog import pictures
from bebeli.kit.errors import InvalidInput

SIDE = 320
MOST_SECONDS, MOST_MEGABYTES = 1.0, 50


def encoded(kind: str = "JPEG", size: tuple[int, int] = (SIDE, SIDE), mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(out, kind, **options)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A few hundred bytes that claim to be a huge picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 4096)) + chunk(b"IEND", b"")


def flood() -> bytes:
    """30 kB that unpack to a hundred megapixels."""
    out = io.BytesIO()
    Image.new("L", (10_000, 10_000)).save(out, "PNG", compress_level=9)
    return out.getvalue()


def with_gps() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "rumah saya"
    exif.get_ifd(0x8825)[1] = "S"
    exif.get_ifd(0x8825)[2] = (6.0, 15.0, 30.0)
    return encoded("JPEG", (640, 320), exif=exif)


REFUSED: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "text": lambda: b"bukan gambar",
    "an SVG with a script": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "an SVG behind an XML head": lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "a page": lambda: b"<!doctype html><script>alert(1)</script>",
    "a PDF": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "a zip": lambda: b"PK\x03\x04" + b"\0" * 400,
    "a program": lambda: b"MZ" + b"\0" * 400,
    "a GIF": lambda: encoded("GIF", mode="P"),
    "a BMP": lambda: encoded("BMP"),
    "a TIFF": lambda: encoded("TIFF"),
    "a PPM": lambda: encoded("PPM"),
    "only a JPEG's magic": lambda: b"\xff\xd8\xff\xe0" + b"\0" * 300,
    "only a PNG's magic": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 300,
    "half a JPEG": lambda: encoded()[:400],
    "half a PNG": lambda: encoded("PNG")[:200],
    "half a WebP": lambda: encoded("WEBP")[:200],
    "a PNG of 100 million pixels": lambda: png_of(10_000, 10_000),
    "a PNG of four milliard pixels": lambda: png_of(65_000, 65_000),
    "a PNG whose pixels are missing": lambda: png_of(1_000, 1_000),
    "a true flood": flood,
    "too small": lambda: encoded(size=(199, 400)),
    "a thread": lambda: encoded(size=(9, 9_000)),
    "too heavy": lambda: encoded() + b"\0" * pictures.MAX_BYTES,
}
TAKEN: dict[str, Callable[[], bytes]] = {
    "a JPEG": encoded,
    "a grey JPEG": lambda: encoded(mode="L"),
    "a CMYK JPEG": lambda: encoded(mode="CMYK"),
    "a PNG with transparency": lambda: encoded("PNG", mode="RGBA"),
    "a PNG of a palette": lambda: encoded("PNG", mode="P"),
    "a WebP": lambda: encoded("WEBP"),
    "a JPEG with a page behind it": lambda: encoded() + b"<script>alert(document.cookie)</script>",
    "a JPEG with a zip behind it": lambda: encoded() + b"PK\x03\x04" + b"payload" * 40,
    "a JPEG that says where it was taken": with_gps,
}


def upload(raw: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, raw, content_type="image/jpeg")


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_with_a_sentence(what: str) -> None:
    raw = REFUSED[what]()
    before, begin = megabytes(), time.monotonic()
    with pytest.raises(InvalidInput) as refusal:
        pictures.keep(upload(raw))
    assert refusal.value.field == "picture"
    assert str(refusal.value.message).endswith(".")
    assert time.monotonic() - begin < MOST_SECONDS * 5  # a busy machine's second is long; the memory is not
    assert megabytes() - before < MOST_MEGABYTES


@pytest.mark.parametrize("what", TAKEN)
def test_it_is_made_anew_from_its_pixels_alone(what: str) -> None:
    raw = TAKEN[what]()
    kept = pictures.keep(upload(raw, "../../etc/passwd"))
    for width in kept.widths:
        for kind in ("avif", "webp"):
            with default_storage.open(pictures.path_of(kept.digest, width, kind)) as stored:
                made = stored.read()
            picture = Image.open(io.BytesIO(made))
            assert (picture.format, picture.width) == (kind.upper(), width)
            assert not picture.getexif()
            assert "exif" not in picture.info
            assert b"payload" not in made
            assert b"script" not in made
            assert b"rumah saya" not in made


def test_a_picture_that_lies_on_its_side_is_turned_upright() -> None:
    kept = pictures.keep(upload(with_gps()))
    assert (kept.width, kept.height) == (320, 640)


def test_the_flood_is_as_small_as_said() -> None:
    assert len(flood()) < 200_000
