"""Take a line out of somebody's address book."""

from __future__ import annotations

from bebeli.accounts.book import keep
from bebeli.accounts.models import Address
from bebeli.kit import clock
from bebeli.kit.steps import verb


@verb
def remove_address(user_id: int, address_id: int) -> Address:
    """Hide an address; the newest of the others becomes the usual one. Raises Address.DoesNotExist."""
    address = Address.objects.get(user_id=user_id, pk=address_id)
    if address.removed_at is not None:
        return address
    was_default, address.is_default = address.is_default, False
    address.removed_at = clock.now()
    keep(address)
    heir = Address.objects.of(user_id).first()
    if was_default and heir is not None:
        heir.is_default = True
        keep(heir)
    return address
