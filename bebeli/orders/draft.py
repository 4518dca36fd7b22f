"""A checkout being filled in: what the form says, as typed values."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bebeli.accounts.addressing import AddressValue, checked, value_of
from bebeli.accounts.forms import AddressForm
from bebeli.accounts.models import Address
from bebeli.kit import codes, language
from bebeli.kit.errors import InvalidInput
from bebeli.orders.placing import Wish
from bebeli.vouchers.terms import code_of

NEW = "baru"
MOST_CAMPAIGNS = 20


@dataclass
class Draft:
    """What the shopper has said so far. `address` is None while it cannot be delivered to."""

    address: AddressValue | None
    address_id: str
    form: AddressForm
    shipping: Mapping[str, str]
    notes: Mapping[str, str]
    method: str
    email: str
    key: str
    total_seen: int | None
    voucher: str = ""
    campaigns: tuple[str, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)

    def wish(self, cart_id: int, buyer_id: int | None, *, email: str) -> Wish:
        """Return the wish of this draft; raises InvalidInput where something is missing."""
        if self.address is None:
            raise InvalidInput("address_needed", _("Lengkapi alamat pengiriman."), field="address")
        return Wish(
            cart_id=cart_id,
            buyer_id=buyer_id,
            email=email,
            address=self.address,
            shipping=self.shipping,
            method=self.method,
            purse="personal",
            idem_key=self.key,
            guest_token="" if buyer_id else codes.digest(f"{self.key}:{cart_id}:tamu")[:32],
            notes=self.notes,
            total_seen=self.total_seen,
            language=language.now(),
            voucher=self.voucher,
            campaigns=self.campaigns,
        )


def email_of(request: HttpRequest, draft: Draft) -> str:
    """Return where to write to: the account's address, or the guest's; raises InvalidInput at `email`."""
    if request.user.is_authenticated:
        return request.user.email
    try:
        validate_email(draft.email)
    except ValidationError as error:
        raise InvalidInput("bad_email", _("Tulis alamat surel yang benar untuk kabar pesanan."), field="email") from error
    return draft.email.lower()


def read(request: HttpRequest) -> Draft:
    """Read a draft from a form that was sent, or begin one."""
    said = request.POST if request.method == "POST" else request.GET
    book = list(Address.objects.of(request.user.pk)) if request.user.is_authenticated else []
    chosen = said.get("alamat") or (str(book[0].pk) if book else NEW)
    kept = next((row for row in book if str(row.pk) == chosen), None)
    form = AddressForm(request.POST or None)
    draft = Draft(
        address=None,
        address_id=str(kept.pk) if kept else NEW,
        form=form,
        shipping=_named(said, "kirim-"),
        notes=_named(said, "catatan-"),
        method=said.get("bayar", "qris")[:16],
        email=said.get("email", "").strip()[:254],
        key=said.get("kunci", "")[:64] or uuid.uuid4().hex,
        total_seen=int(said["total"]) if said.get("total", "").isdigit() and len(said["total"]) < 16 else None,  # noqa: PLR2004
        voucher=code_of(said.get("pakai", said.get("voucher", ""))),
        campaigns=tuple(code_of(code) for code in said.getlist("kampanye")[:MOST_CAMPAIGNS]),
    )
    try:
        if kept is not None:
            draft.address = checked(value_of(kept))
        elif request.method == "POST" and form.is_valid():
            draft.address = checked(form.value())
    except InvalidInput as error:
        draft.errors[error.field or "address"] = str(error.message)
    return draft


def _named(said: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): said[name][:240].replace("\0", "") for name in said if name.startswith(prefix)}
