"""Refusals: what a verb answers when the world does not allow what was asked."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Message = str | Promise


class Refused(Exception):  # noqa: N818  a refusal is an answer, not a fault
    """The world does not allow it; `code` is stable, `message` says what to do next."""

    status = 409

    def __init__(self, code: str, message: Message, *, field: str | None = None, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field
        self.extra = extra

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class Busy(Refused):
    """Somebody else holds the rows; trying again in a moment is right."""

    def __init__(self) -> None:
        super().__init__("busy", _("Sedang ramai. Coba lagi sebentar."), retry_after=1)


class InvalidInput(Refused):
    """The input itself is wrong; `field` names where."""

    status = 422
