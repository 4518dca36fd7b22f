"""The bank said whose account it is."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_noop

from bebeli.kit import clock
from bebeli.kit.locks import Locks
from bebeli.kit.sealed import seal, unseal
from bebeli.kit.steps import verb
from bebeli.orders import names, tell
from bebeli.orders.models import BankAccount

S = BankAccount.State
UNKNOWN_NUMBER = gettext_noop("Bank tidak mengenal nomor ini. Periksa lagi buku tabungan Anda.")


def take(account_id: int) -> BankAccount:
    """Lock an account and read it fresh."""
    return Locks().row(BankAccount, account_id)


@verb
def verify_bank_account(account_id: int, holder: str | None) -> BankAccount:
    """Verify when its holder is the seller's owner or business; otherwise a person of finance must look.

    `holder` is what the bank says; None where no bank can be asked: then what the seller wrote is compared.
    """
    account = take(account_id)
    if account.state != S.UNVERIFIED or account.checked_at is not None:
        return account
    account.checked_at = clock.now()
    account.holder = seal(holder or "")
    account.lease_until = None
    shown = unseal(account.name) if holder is None else holder
    if names.is_sellers(shown, account.seller.owner_name, account.seller.name):
        account.state = S.VERIFIED
        account.verified_at = clock.now()
    account.save()
    return account


@verb
def bank_account_missing(account_id: int) -> BankAccount:
    """The bank knows no such number."""
    account = take(account_id)
    if account.state == S.UNVERIFIED and account.checked_at is None:
        account.state = S.REFUSED
        account.checked_at = clock.now()
        account.reason = UNKNOWN_NUMBER
        account.lease_until = None
        account.save()
        tell.bank_account_refused(account)
    return account


@verb
def bank_account_later(account_id: int) -> BankAccount:
    """The bank is away: ask again in a while."""
    account = take(account_id)
    account.ask_at = clock.now() + timedelta(minutes=10)
    account.lease_until = None
    account.save()
    return account
