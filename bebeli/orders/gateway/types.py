"""What is said to and heard from a payment provider, as plain values. Money is whole rupiah, times are aware."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

RANKS = {
    "pending": 10,
    "deny": 20,
    "expire": 20,
    "cancel": 20,
    "failure": 20,
    "challenge": 30,
    "authorize": 30,
    "capture": 40,
    "settlement": 50,
    "partial_refund": 60,
    "partial_chargeback": 60,
    "refund": 70,
}
SUCCESSES = frozenset({"settlement", "capture"})


class GatewayError(Exception):
    """Something between us and the provider went otherwise than hoped."""


class GatewayDown(GatewayError):  # noqa: N818  named as a seller would say it
    """No answer, 5xx, or too many requests: try again later."""


class GatewayRefused(GatewayError):  # noqa: N818
    """The provider says no; `code` is its status code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class NotFound(GatewayError):  # noqa: N818
    """The provider does not know this transaction (404)."""


class Duplicate(GatewayError):  # noqa: N818
    """The provider has done this already (406): ask it what came of it."""


@dataclass(frozen=True)
class ChargeLine:
    """A line of the bill; a discount is a line with a negative price."""

    id: str
    name: str
    price: int
    quantity: int


@dataclass(frozen=True)
class ChargeRequest:
    """What to charge: Σ price×quantity of the lines must equal the amount. A wallet's app leads back to `return_url`."""

    order_id: str
    amount: int
    method: str
    lines: tuple[ChargeLine, ...]
    customer_name: str
    customer_email: str
    customer_phone: str
    expires_in_minutes: int
    return_url: str = ""


@dataclass(frozen=True)
class Charge:
    """What the provider gave to pay with."""

    order_id: str
    transaction_id: str
    status: str
    amount: int
    currency: str
    merchant_id: str
    va_number: str | None
    bank: str | None
    bill_key: str | None
    biller_code: str | None
    qr_string: str | None
    qr_image_url: str | None
    expires_at: datetime | None
    raw: dict[str, Any]
    deeplink_url: str | None = None

    @property
    def is_payable(self) -> bool:
        """Whether it says how to pay; a charge read back from its status may not."""
        return any((self.va_number, self.bill_key, self.qr_string, self.qr_image_url, self.deeplink_url))


@dataclass(frozen=True)
class RefundSeen:
    """A refund in the provider's list; only with `confirmed_at` is the money really back."""

    refund_key: str
    amount: int
    confirmed_at: datetime | None


@dataclass(frozen=True)
class Truth:
    """What the provider says about a transaction now."""

    order_id: str
    transaction_id: str
    status: str
    status_code: str
    fraud_status: str | None
    amount: int
    currency: str
    merchant_id: str
    payment_type: str
    paid_at: datetime | None
    refunds: tuple[RefundSeen, ...]
    raw: dict[str, Any]
    given_back: int | None = None  # in all, as far as it says so

    @property
    def rank(self) -> int:
        """How far it has gone; an unknown status ranks 0 and changes nothing."""
        if self.status in SUCCESSES and self.fraud_status == "challenge":
            return RANKS["challenge"]
        return RANKS.get(self.status, 0)

    @property
    def is_success(self) -> bool:
        """Status code 200, settled or captured, and no fraud check against it."""
        return self.status_code == "200" and self.status in SUCCESSES and self.fraud_status in {None, "", "accept"}


@dataclass(frozen=True)
class RefundReply:
    """What the provider answered to a refund request."""

    refund_key: str
    amount: int
    status: str
    raw: dict[str, Any]
