"""Take a line out of somebody's address book, and put it back."""

from __future__ import annotations

from bebeli.accounts.models import Address
from bebeli.kit import clock
from bebeli.kit.steps import verb


@verb
def remove_address(user_id: int, address_id: int) -> Address:
    """Hide an address; the newest of the others becomes the usual one. Raises Address.DoesNotExist."""
    address = Address.objects.of(user_id).get(pk=address_id)
    was_default, address.is_default = address.is_default, False
    address.removed_at = clock.now()
    address.save()
    heir = Address.objects.of(user_id).first()
    if was_default and heir is not None:
        heir.is_default = True
        heir.save()
    return address


@verb
def restore_address(user_id: int, address_id: int) -> Address:
    """Undo a removal. Raises Address.DoesNotExist."""
    address = Address.objects.get(user_id=user_id, pk=address_id)
    address.removed_at = None
    address.is_default = not Address.objects.of(user_id).exists()
    address.save()
    return address
