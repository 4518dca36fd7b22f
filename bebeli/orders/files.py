"""Where this room's files lie, and which rows speak of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.db import models

from bebeli.kit.files import Folder
from bebeli.orders.models import ComplaintPicture, Export, Payout, Refund, Remittance, TransferProof

Column = tuple[type[models.Model], str]
COLUMNS: dict[str, Sequence[Column]] = {
    "bukti": ((TransferProof, "name"), (Refund, "proof"), (Payout, "proof"), (Remittance, "proof")),
    "keluhan": ((ComplaintPicture, "name"),),
    "exports": ((Export, "file"),),
}


def folders() -> Iterator[Folder]:
    """Proofs, pictures of complaints, and files of documents: all of it private."""
    for path, columns in COLUMNS.items():
        yield Folder("private", path, _named(columns))


def _named(columns: Sequence[Column]) -> Callable[[], set[str]]:
    def named() -> set[str]:
        return {
            str(name).rpartition("/")[2]
            for model, column in columns
            for name in model._default_manager.exclude(**{column: ""}).values_list(column, flat=True).iterator()  # noqa: SLF001  Django's documented name
        }

    return named
