"""Put a line back into somebody's address book."""

from __future__ import annotations

from bebeli.accounts.book import keep
from bebeli.accounts.models import Address
from bebeli.kit.steps import verb


@verb
def restore_address(user_id: int, address_id: int) -> Address:
    """Undo a removal; alone in the book it is the usual one again. Raises Address.DoesNotExist."""
    address = Address.objects.get(user_id=user_id, pk=address_id)
    if address.removed_at is None:
        return address
    address.removed_at = None
    address.is_default = not Address.objects.of(user_id).exists()
    return keep(address)
