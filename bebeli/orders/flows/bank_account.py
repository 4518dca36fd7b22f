"""Whose is an account? The bank is asked through the provider; where it cannot be, what the seller wrote is compared."""

from __future__ import annotations

from bebeli.kit import clock, locks
from bebeli.kit.sealed import unseal
from bebeli.kit.sweeping import each
from bebeli.orders.actions.verify_bank_account import bank_account_later, bank_account_missing, verify_bank_account
from bebeli.orders.channels import IRIS_BANKS, is_by_provider
from bebeli.orders.flows.provider import payer
from bebeli.orders.gateway.types import GatewayDown, GatewayRefused, NotFound
from bebeli.orders.models import BankAccount

UNCHECKED = BankAccount.objects.filter(state="unverified", checked_at=None)


def check(account_id: int) -> str:
    """Ask about one account; returns its state."""
    rows = locks.claim(UNCHECKED.filter(pk=account_id), limit=1, seconds=60)
    return _check(rows[0]) if rows else "taken"


def sweep(limit: int = locks.BATCH) -> int:
    """Ask about those the bell missed; returns how many were looked at."""
    rows = locks.claim(UNCHECKED.filter(ask_at__lte=clock.now()).order_by("ask_at"), limit=limit, seconds=60)
    each(rows, _check)
    return len(rows)


def _check(account: BankAccount) -> str:
    bank = IRIS_BANKS.get(account.bank_code) if is_by_provider() else None
    if bank is None:
        return verify_bank_account(account.pk, None).state
    try:
        holder = payer().holder(bank, unseal(account.number))
    except NotFound:
        return bank_account_missing(account.pk).state
    except (GatewayDown, GatewayRefused):
        return bank_account_later(account.pk).state
    return verify_bank_account(account.pk, holder).state
