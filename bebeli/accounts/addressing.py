"""An address as a plain value, checked once, whichever door it came through."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from bebeli.accounts.models import Address
from bebeli.kit.errors import InvalidInput
from bebeli.places import addressing, phone


@dataclass(frozen=True)
class AddressValue:
    """Where something goes. `region_code` is a desa or kecamatan of ours, a regency or city elsewhere."""

    recipient: str
    phone: str
    region_code: str
    street: str
    postal_code: str
    locality: str = ""
    note: str = ""


def checked(value: AddressValue) -> AddressValue:
    """Return the value with a normalised phone; raises InvalidInput at the field that is wrong."""
    recipient = " ".join(value.recipient.split())
    street = " ".join(value.street.split())
    if len(recipient) < 2 or len(recipient) > 120:  # noqa: PLR2004  the column's length
        raise InvalidInput("bad_recipient", _("Tulis nama penerima."), field="recipient")
    if len(street) < 5 or len(street) > 240:  # noqa: PLR2004  the column's length
        raise InvalidInput("bad_street", _("Tulis jalan, nomor rumah, dan RT/RW."), field="street")
    postal_code = value.postal_code.strip()
    addressing.check_postal_code(postal_code)
    region = addressing.find_region(value.region_code)
    return AddressValue(
        recipient=recipient,
        phone=phone.normalise(value.phone),
        region_code=region.code,
        street=street,
        postal_code=postal_code,
        locality="" if region.is_in_bekasi else value.locality.strip()[:120],
        note=value.note.strip()[:160],
    )


def value_of(address: Address) -> AddressValue:
    """Return a line of the address book as a value."""
    return AddressValue(
        recipient=address.recipient,
        phone=address.phone,
        region_code=address.region_id,
        street=address.street,
        postal_code=address.postal_code,
        locality=address.locality,
        note=address.note,
    )
