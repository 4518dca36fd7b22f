"""Sealed text: identity and bank numbers are kept encrypted and shown masked."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings


class Unreadable(InvalidToken, ValueError):  # noqa: N818  named as a seller would say it
    """Sealed with a key that is gone. A ValueError too, so that whoever works through many puts this one aside and goes on."""


@cache
def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.FIELD_KEY.encode()).digest()))


def seal(text: str) -> str:
    """Return the text encrypted with FIELD_KEY; empty stays empty."""
    return _box().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """Return the text back; raises Unreadable when the key differs."""
    try:
        return _box().decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken as error:
        raise Unreadable from error


@cache
def _press() -> AESSIV:
    return AESSIV(hashlib.sha512(b"ticket:" + settings.FIELD_KEY.encode()).digest())


def ticket(purpose: str, text: str) -> str:
    """Return a short token for an address: it tells nothing, cannot be made by others, and is the same each time."""
    return base64.urlsafe_b64encode(_press().encrypt(text.encode(), [purpose.encode()])).decode().rstrip("=")


def told_by(purpose: str, token: str) -> str | None:
    """Return what a ticket of this purpose says; None for one that is not ours."""
    try:
        sealed = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        return _press().decrypt(sealed, [purpose.encode()]).decode()
    except (InvalidTag, ValueError):
        return None


def masked(text: str) -> str:
    """Return the text with all but its last four characters hidden."""
    return "•" * max(len(text) - 4, 0) + text[-4:]
