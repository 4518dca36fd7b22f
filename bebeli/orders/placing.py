"""What a shopper asks for when placing a purchase, as plain typed values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from bebeli.accounts.addressing import AddressValue


@dataclass(frozen=True)
class Wish:
    """The request of one checkout. `shipping` and `notes` go by seller slug."""

    cart_id: int
    buyer_id: int | None
    email: str
    address: AddressValue
    shipping: Mapping[str, str]
    method: str
    purse: str
    idem_key: str
    guest_token: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    total_seen: int | None = None
    language: str = "id"
    voucher: str = ""
    campaigns: tuple[str, ...] = ()

    @property
    def vouchers(self) -> tuple[str, ...]:
        """The codes to use: the one that was typed, and the campaigns the shopper was shown."""
        return tuple(dict.fromkeys(code for code in (self.voucher, *self.campaigns) if code))

    @property
    def owner(self) -> str:
        """Whose idempotency keys these are: the account's, or the visitor's cart's."""
        return f"u:{self.buyer_id}" if self.buyer_id else f"c:{self.cart_id}"

    @property
    def body(self) -> str:
        """SHA-256 of everything asked for, so that the same key with another wish is noticed."""
        asked = {
            "address": asdict(self.address),
            "shipping": dict(self.shipping),
            "method": self.method,
            "purse": self.purse,
            "notes": {slug: note for slug, note in self.notes.items() if note},
            **({"voucher": self.voucher} if self.voucher else {}),
        }
        return hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True)
class Shipment:
    """The option chosen for one seller, as quoted."""

    code: str
    label: str
    kind: str
    price: int
    min_days: int
    max_days: int
    paid_by: str
    weight_g: int


@dataclass(frozen=True)
class Quoted:
    """What was quoted: the chosen option by seller id, each seller's kecamatan, and the cart it was quoted for."""

    shipments: Mapping[int, Shipment]
    slugs: Mapping[int, str]
    fingerprint: str
    region_text: str
    districts: Mapping[int, str] = field(default_factory=dict)
