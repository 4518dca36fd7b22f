"""The address book's one write: two tabs at once never make two usual addresses."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from bebeli.accounts.models import Address
from bebeli.kit.errors import Busy
from bebeli.kit.steps import assert_open


def keep(address: Address) -> Address:
    """Write an address within somebody's transaction; raises Busy when another tab chose the usual one meanwhile."""
    assert_open()
    try:
        with transaction.atomic():
            address.save()
    except IntegrityError as error:
        raise Busy from error
    return address
