"""The number under which a bank keeps a transfer, as people copy it from a statement."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput

SHORTEST, LONGEST = 4, 60


def read(text: str) -> str:
    """Return it in one line; raises InvalidInput at `referensi` where there is none, or less than any bank writes."""
    number = " ".join(text.split())[:LONGEST]
    if len(number) < SHORTEST:
        raise InvalidInput("reference_needed", _("Tulis nomor referensi transfer dari bank."), field="referensi")
    return number
