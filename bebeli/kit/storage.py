"""Files on a disk that may be full, and files that a row must speak of: what comes to nothing leaves nothing behind."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage, storages
from django.db import InterfaceError, OperationalError
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import Refused

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


class NoRoom(Refused):
    """The disk takes nothing more; everything else in the shop goes on."""

    status = 503

    def __init__(self) -> None:
        super().__init__("no_room", _("Tempat menyimpan berkas sedang penuh. Berkas Anda belum tersimpan, coba lagi nanti."))


@deconstructible(path="django.core.files.storage.FileSystemStorage")
class RoomyFileSystemStorage(FileSystemStorage):
    """Django's own, but a full disk is an answer and not a fault."""

    def _save(self, name: str, content: Any) -> str:
        """Save; raises NoRoom, and takes away the part that was written."""
        try:
            return str(super()._save(name, content))  # type: ignore[misc]  # Django's documented hook, which its types leave out
        except OSError as error:
            if error.errno not in FULL:
                raise
            with suppress(OSError):
                Path(self.path(name)).unlink()
            raise NoRoom from error


@contextmanager
def kept_if_told(*names: str) -> Iterator[set[str]]:
    """Keep private files of which a row speaks: the block adds those names to the set it gets, all others are taken away.

    Where the database went away nobody knows whether the row came to be; a file too many is better than one too few.
    """
    told: set[str] = set()
    try:
        yield told
    except (OperationalError, InterfaceError):
        told.update(names)
        raise
    finally:
        for name in set(names) - told:
            storages["private"].delete(name)
