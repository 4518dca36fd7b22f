"""Phone numbers as people write them, kept as E.164."""

from __future__ import annotations

import phonenumbers
from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput


def normalise(text: str) -> str:
    """Return `+628…` for 0812-…, 62812…, +62 812 …; raises InvalidInput at the field `phone`."""
    cleaned = text.strip()
    if cleaned.startswith("62"):
        cleaned = f"+{cleaned}"
    try:
        number = phonenumbers.parse(cleaned, "ID")
    except phonenumbers.NumberParseException as error:
        raise _bad() from error
    if not phonenumbers.is_possible_number(number):
        raise _bad()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def in_words(e164: str) -> str:
    """Return a kept number as people read it: `0812-0000-0001`."""
    try:
        number = phonenumbers.parse(e164, "ID")
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def _bad() -> InvalidInput:
    return InvalidInput("bad_phone", _("Nomor telepon tidak dikenali. Contoh: 0812-3456-7890."), field="phone")
