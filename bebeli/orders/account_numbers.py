"""An account number as people type it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput
from bebeli.kit.sealed import unseal
from bebeli.orders import couriers

SHORTEST, LONGEST = 6, 20  # of Indonesian numbers


def checked(bank_code: str, number: str, name: str) -> tuple[str, str]:
    """Return (digits, name) in their plain form; raises InvalidInput at `bank`, `number` or `name`."""
    digits = "".join(number.split()).replace("-", "").replace(".", "")
    if bank_code not in dict(couriers.banks()):
        raise InvalidInput("bad_account", _("Pilih banknya."), field="bank")
    if not (digits.isascii() and digits.isdigit()) or not SHORTEST <= len(digits) <= LONGEST:
        raise InvalidInput("bad_account", _("Nomor rekening 6 sampai 20 angka. Cek buku tabungan."), field="number")
    plain = " ".join(name.split())[:120]
    if not plain:
        raise InvalidInput("bad_account", _("Tulis nama pemilik rekening."), field="name")
    return digits, plain


def opened(sealed: str, *, may_act: bool) -> str:
    """Open a number for the ones who pay to it or decide about it; whoever only reads sees the last digits."""
    number = unseal(sealed)
    return number if may_act else f"…{number[-4:]}"
