"""The provider's signature: worth looking at a message, never proof of what it says (the status is not covered)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

PARTS = ("order_id", "status_code", "gross_amount")


def sign(order_id: str, status_code: str, gross_amount: str, server_key: str) -> str:
    """Return hex SHA-512 over the four strings, exactly as they stand in the body (`275000.00` with its cents)."""
    said = f"{order_id}{status_code}{gross_amount}{server_key}"
    return hashlib.sha512(said.encode("utf-8", "surrogatepass")).hexdigest()  # JSON can write half a character


def is_signed(body: Mapping[str, Any], server_key: str) -> bool:
    """Tell whether a body carries a right signature; garbage is simply unsigned."""
    parts = [body.get(name) for name in PARTS]
    given = body.get("signature_key")
    if not isinstance(given, str) or not all(isinstance(part, str) for part in parts):
        return False
    order_id, status_code, gross_amount = (str(part) for part in parts)
    right = sign(order_id, status_code, gross_amount, server_key)
    return hmac.compare_digest(right.encode(), given.encode("utf-8", "surrogatepass"))


def sign_body(raw: bytes, merchant_key: str) -> str:
    """Return hex SHA-512 over a whole body and the merchant key, as `Iris-Signature` carries it."""
    return hashlib.sha512(raw + merchant_key.encode()).hexdigest()


def is_body_signed(raw: bytes, given: str, merchant_key: str) -> bool:
    """Tell whether a message about a payout carries a right signature; without a key of ours nothing does."""
    right = sign_body(raw, merchant_key)
    return bool(merchant_key) and hmac.compare_digest(right.encode(), given.encode("utf-8", "surrogatepass"))
