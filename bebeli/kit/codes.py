"""Names for things outsiders see: they tell no volume and cannot be guessed."""

from __future__ import annotations

import hashlib
import secrets

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def random_code(length: int) -> str:
    """Return random Crockford base-32 characters."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(length))


def random_token() -> str:
    """Return a 128-bit token in 32 hexadecimal characters."""
    return secrets.token_hex(16)


def digest(text: str) -> str:
    """Return the SHA-256 of a secret, the only form of it that is stored."""
    return hashlib.sha256(text.encode()).hexdigest()
