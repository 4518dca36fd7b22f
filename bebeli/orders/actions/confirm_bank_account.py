"""Finance decides by hand about an account whose names do not agree."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.steps import verb
from bebeli.orders import tell
from bebeli.orders.actions.verify_bank_account import take
from bebeli.orders.models import BankAccount
from bebeli.sellers.models import Membership

S = BankAccount.State


@verb
def confirm_bank_account(account_id: int, user_id: int, reason: str) -> BankAccount:
    """Verify it all the same, and write down why. Raises InvalidInput at `alasan`, Refused: account_decided, own_account."""
    return _decide(account_id, user_id, reason, S.VERIFIED)


@verb
def refuse_bank_account(account_id: int, user_id: int, reason: str) -> BankAccount:
    """Refuse it; the seller reads why. Raises InvalidInput at `alasan`, Refused: account_decided, own_account."""
    account = _decide(account_id, user_id, reason, S.REFUSED)
    tell.bank_account_refused(account)
    return account


def _decide(account_id: int, user_id: int, reason: str, state: str) -> BankAccount:
    why = " ".join(reason.split())[:240]
    if not why:
        raise InvalidInput("reason_needed", _("Tulis alasannya."), field="alasan")
    account = take(account_id)
    if account.state == state and account.reason == why:
        return account
    if account.state != S.UNVERIFIED:
        raise Refused("account_decided", _("Rekening ini sudah diputuskan atau diganti. Muat ulang halamannya."))
    if Membership.objects.filter(seller_id=account.seller_id, user_id=user_id).exists():
        raise Refused("own_account", _("Ini rekening toko Anda sendiri. Petugas lain yang harus memeriksanya."))
    account.state = state
    account.reason = why
    account.verified_by_id = user_id
    account.verified_at = clock.now()
    account.checked_at = account.checked_at or clock.now()
    account.save()
    return account
