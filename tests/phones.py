"""Apps that show codes, all by one clock that stands still until a test turns it on."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal import auth

from bebeli.accounts.models import User

PERIOD = 30  # seconds a code is shown


class Phones:
    """Everybody's app."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = int(time.time())
        self.secrets: dict[int, str] = {}
        monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: self.seconds))

    def set_up(self, user: User) -> User:
        """Set an app up for a person."""
        self.secrets[user.pk] = auth.generate_totp_secret()
        auth.TOTP.activate(user, self.secrets[user.pk])
        return user

    def code(self, user: User) -> str:
        """Return the next code of a person's app; none is shown twice."""
        self.seconds += PERIOD
        return self.same_code(user)

    def same_code(self, user: User) -> str:
        """Return the code that is shown still."""
        [counter] = auth.yield_hotp_counters_from_time()
        return str(auth.format_hotp_value(auth.hotp_value(self.secrets[user.pk], counter)))
