"""Choose the usual address."""

from __future__ import annotations

from bebeli.accounts.book import keep
from bebeli.accounts.models import Address
from bebeli.kit.steps import verb


@verb
def choose_default(user_id: int, address_id: int) -> Address:
    """Make one address the usual one. Raises Address.DoesNotExist."""
    address = Address.objects.of(user_id).get(pk=address_id)
    Address.objects.of(user_id).exclude(pk=address_id).filter(is_default=True).update(is_default=False)
    address.is_default = True
    return keep(address)
