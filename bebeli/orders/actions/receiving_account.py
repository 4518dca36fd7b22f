"""The shop's bank accounts: one is added, one is used no more."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput
from bebeli.kit.steps import verb
from bebeli.orders import couriers
from bebeli.orders.models import ReceivingAccount


@verb
def add_receiving_account(bank_code: str, number: str, holder: str) -> ReceivingAccount:
    """Add an account, or use a retired one again; its number is shown to buyers. Raises InvalidInput at the field."""
    digits = "".join(number.split()).replace("-", "").replace(".", "")
    if bank_code not in dict(couriers.banks()):
        raise InvalidInput("bad_account", _("Pilih banknya."), field="bank")
    if not (digits.isascii() and digits.isdigit()) or not 6 <= len(digits) <= 20:  # noqa: PLR2004  lengths of Indonesian numbers
        raise InvalidInput("bad_account", _("Nomor rekening 6 sampai 20 angka. Cek buku tabungan."), field="number")
    if not holder.strip():
        raise InvalidInput("bad_account", _("Tulis nama pemilik rekening."), field="name")
    account, _is_new = ReceivingAccount.objects.update_or_create(
        bank_code=bank_code, number=digits, defaults={"holder": " ".join(holder.split())[:120], "is_active": True}
    )
    return account


@verb
def retire_receiving_account(account_id: int) -> ReceivingAccount:
    """Show it to no new buyer; who was shown it still sees it."""
    account = ReceivingAccount.objects.get(pk=account_id)
    account.is_active = False
    account.save()
    return account
