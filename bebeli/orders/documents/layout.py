"""The shape of a document as it is laid out: words only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

Body = dict[str, Any]


@dataclass(frozen=True)
class Total:
    """One line below the table."""

    label: str
    value: str
    is_last: bool = False


@dataclass
class Sheet:
    """Words only; numbers are written out already. The first column of the table is text, the others are amounts."""

    title: str
    code: str
    stamp: str
    facts: list[tuple[str, str]]
    parties: list[tuple[str, list[str]]]
    words: str
    check_url: str
    sha256: str
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def party(part: Body) -> list[str]:
    """Return the lines of one side; what is not known is left out."""
    nib = _("NIB %(nib)s") % {"nib": part["nib"]} if part["nib"] else ""
    return [line for line in (part["name"], part["owner"], nib, part["street"], part["place"]) if line]
