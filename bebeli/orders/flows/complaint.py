"""Pictures of a complaint from upload to row: files are stored first, and forgotten when no row comes to speak of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.core.files.uploadedfile import UploadedFile

from bebeli.kit.errors import Busy
from bebeli.orders import evidence
from bebeli.orders.evidence import KeptPicture
from bebeli.orders.models import ComplaintPicture

R = TypeVar("R")


def with_pictures(uploads: Sequence[UploadedFile[bytes]], act: Callable[[tuple[KeptPicture, ...]], R]) -> R:
    """Store uploads and hand them to a verb; raises what either refuses. A held row is tried once more."""
    kept = evidence.keep(uploads)
    try:
        try:
            done = act(kept)
        except Busy:
            done = act(kept)
    except Exception:
        evidence.drop(kept)
        raise
    told = set(ComplaintPicture.objects.filter(name__in=[picture.name for picture in kept]).values_list("name", flat=True))
    evidence.drop([picture for picture in kept if picture.name not in told])  # the verb had nothing to do any more
    return done
