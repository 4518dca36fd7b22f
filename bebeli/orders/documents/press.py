"""The press that draws papers as a PDF, fetched only where somebody asks for one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bebeli.orders.documents.layout import Sheet

if TYPE_CHECKING:
    from bebeli.orders.documents.pdf import Press


def press() -> Press:
    """Return a new press, empty."""
    from bebeli.orders.documents.pdf import Press  # noqa: PLC0415  large, and needed by a download only

    return Press()


def as_pdf(sheets: Iterable[Sheet]) -> bytes:
    """Return sheets as one PDF."""
    drawn = press()
    for sheet in sheets:
        drawn.add(sheet)
    return drawn.end()
