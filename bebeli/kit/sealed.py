"""Sealed text: identity and bank numbers are kept encrypted and shown masked."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from cryptography.fernet import Fernet
from django.conf import settings


@cache
def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.FIELD_KEY.encode()).digest()))


def seal(text: str) -> str:
    """Return the text encrypted with FIELD_KEY; empty stays empty."""
    return _box().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """Return the text back; raises cryptography's InvalidToken when the key differs."""
    return _box().decrypt(sealed.encode()).decode() if sealed else ""


def masked(text: str) -> str:
    """Return the text with all but its last four characters hidden."""
    return "•" * max(len(text) - 4, 0) + text[-4:]
