"""A seller says where its money shall go."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext_noop

from bebeli.kit import clock
from bebeli.kit.errors import Busy
from bebeli.kit.locks import Locks
from bebeli.kit.ring import ring
from bebeli.kit.sealed import seal
from bebeli.kit.steps import verb
from bebeli.orders import account_numbers, tell
from bebeli.orders.actions.lock_payout import Taken, give_back
from bebeli.orders.models import BankAccount, Payout

S = BankAccount.State


@verb
def name_bank_account(seller_id: int, user_id: int, bank_code: str, number: str, name: str) -> BankAccount:
    """Name an account, in place of the one before; its owners hear of it, and for two days nothing is paid to it.

    A payout to the old one that is not on its way yet goes back into the balance.

    Whether it is really the seller's is found out afterwards. Raises InvalidInput at `bank`, `number` or `name`.
    """
    digits, holder = account_numbers.checked(bank_code, number, name)
    locks = Locks()
    for old in locks.where(BankAccount, Q(seller_id=seller_id, state__in=BankAccount.CURRENT)):
        old.state = S.REPLACED
        old.save()
    for payout in locks.where(Payout, Q(seller_id=seller_id, state__in=[Payout.State.REQUESTED, Payout.State.APPROVED])):
        give_back(Taken(locks, payout), Payout.State.REJECTED, None, gettext_noop("Rekening tujuannya diganti"))
    now = clock.now()
    try:
        account = BankAccount.objects.create(
            seller_id=seller_id,
            bank_code=bank_code,
            number=seal(digits),
            name=seal(holder),
            hold_until=now + timedelta(hours=settings.BANK_ACCOUNT_HOLD_HOURS),
            named_by_id=user_id,
            named_at=now,
            ask_at=now,
        )
    except IntegrityError as error:  # two people named the very first one at once
        raise Busy from error
    tell.bank_account_named(account)
    ring("orders.check_bank_account", account.pk)
    return account
