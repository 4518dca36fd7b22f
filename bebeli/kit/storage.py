"""Files on a disk that may be full: what did not fit leaves nothing behind, and whoever sent it is told."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
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
