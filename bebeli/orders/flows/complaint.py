"""Pictures of a complaint from upload to row: files are stored first, and forgotten when no row comes to speak of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.core.files.uploadedfile import UploadedFile

from bebeli.kit.storage import kept_if_told
from bebeli.orders import evidence
from bebeli.orders.evidence import KeptPicture
from bebeli.orders.models import ComplaintPicture

R = TypeVar("R")


def with_pictures(uploads: Sequence[UploadedFile[bytes]], act: Callable[[tuple[KeptPicture, ...]], R]) -> R:
    """Store uploads and hand them to a verb; raises what either refuses."""
    kept = evidence.keep(uploads)
    names = [picture.name for picture in kept]
    with kept_if_told(*names) as told:
        done = act(kept)
        told.update(ComplaintPicture.objects.filter(name__in=names).values_list("name", flat=True))  # none: it was said before
    return done
