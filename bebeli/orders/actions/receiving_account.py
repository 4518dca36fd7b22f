"""The shop's bank accounts: one is added, one is used no more."""

from __future__ import annotations

from bebeli.kit.steps import verb
from bebeli.orders import account_numbers
from bebeli.orders.models import ReceivingAccount


@verb
def add_receiving_account(bank_code: str, number: str, holder: str) -> ReceivingAccount:
    """Add an account, or use a retired one again; its number is shown to buyers. Raises InvalidInput at the field."""
    digits, holder = account_numbers.checked(bank_code, number, holder)
    account, _is_new = ReceivingAccount.objects.update_or_create(
        bank_code=bank_code, number=digits, defaults={"holder": holder, "is_active": True}
    )
    return account


@verb
def retire_receiving_account(account_id: int) -> ReceivingAccount:
    """Show it to no new buyer; who was shown it still sees it."""
    account = ReceivingAccount.objects.get(pk=account_id)
    account.is_active = False
    account.save()
    return account
