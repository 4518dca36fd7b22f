"""An address as the API takes it: whole, or by its id in the caller's address book."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from bebeli.accounts.addressing import AddressValue, checked, value_of
from bebeli.accounts.models import Address
from bebeli.kit.errors import InvalidInput

NEEDED = ("recipient", "phone", "region", "street", "postal_code")


class AddressSerializer(serializers.Serializer[Any]):
    """Either `id`, or everything else."""

    id = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1, help_text="of the address book")
    recipient = serializers.CharField(required=False, max_length=120)
    phone = serializers.CharField(required=False, max_length=30)
    region = serializers.CharField(required=False, max_length=13, help_text="code of a desa, kecamatan or city")
    street = serializers.CharField(required=False, max_length=240)
    postal_code = serializers.CharField(required=False, max_length=5)
    locality = serializers.CharField(required=False, max_length=120, allow_blank=True, default="")
    note = serializers.CharField(required=False, max_length=160, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Name what is missing of an address that is written out."""
        missing = [] if "id" in attrs else [name for name in NEEDED if name not in attrs]
        if missing:
            raise serializers.ValidationError({name: [_("Bagian ini wajib diisi.")] for name in missing})
        return attrs


def address_of(user_id: int, said: Mapping[str, Any]) -> AddressValue:
    """Return the address that was meant, checked; raises InvalidInput below `address`."""
    try:
        return checked(_kept(user_id, said["id"]) if "id" in said else _written(said))
    except InvalidInput as error:
        field = f"address.{error.field}" if error.field else "address"
        raise InvalidInput(error.code, error.message, field=field, **error.extra) from error


def _kept(user_id: int, address_id: int) -> AddressValue:
    kept = Address.objects.of(user_id).filter(pk=address_id).first()
    if kept is None:
        raise InvalidInput("unknown_address", _("Alamat ini tidak ada di buku alamat Anda."), field="id")
    return value_of(kept)


def _written(said: Mapping[str, Any]) -> AddressValue:
    return AddressValue(
        recipient=said["recipient"],
        phone=said["phone"],
        region_code=said["region"],
        street=said["street"],
        postal_code=said["postal_code"],
        locality=said["locality"],
        note=said["note"],
    )
