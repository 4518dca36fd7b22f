"""Write a line of somebody's address book."""

from __future__ import annotations

from bebeli.accounts.addressing import AddressValue, checked
from bebeli.accounts.book import keep
from bebeli.accounts.models import Address
from bebeli.kit import clock
from bebeli.kit.steps import verb


@verb
def save_address(user_id: int, value: AddressValue, label: str = "", address_id: int | None = None) -> Address:
    """Add an address, or change one's own; the first becomes the usual one.

    Raises Address.DoesNotExist, InvalidInput.
    """
    right = checked(value)
    book = Address.objects.of(user_id)
    address = book.get(pk=address_id) if address_id else Address(user_id=user_id, created_at=clock.now())
    if address_id is None:
        address.is_default = not book.exists()
    address.label = label.strip()[:30]
    address.recipient, address.phone = right.recipient, right.phone
    address.region_id, address.locality = right.region_code, right.locality
    address.street, address.postal_code, address.note = right.street, right.postal_code, right.note
    return keep(address)
