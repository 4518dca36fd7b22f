"""How often somebody may try voucher codes that do not exist: by account, for guests by network."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import Refused
from bebeli.kit.throttle import is_over, network_of, too_many

MOST_GUESSES, SECONDS = 20, 600


def who(request: HttpRequest) -> str:
    """Return whose tries are counted."""
    return f"voucher:a:{request.user.pk}" if request.user.is_authenticated else f"voucher:n:{network_of(request)}"


def refuse_more(name: str) -> None:
    """Raise Refused once there were too many, even for a right code; "" is nobody who tries one."""
    if name and is_over(name, MOST_GUESSES, SECONDS):
        words = _("Terlalu banyak kode yang salah. Coba lagi sepuluh menit lagi.")
        raise Refused("too_many_guesses", words, field="voucher")


def count(name: str, code: str) -> None:
    """Count a refusal that says a code is unknown."""
    if code == "unknown_voucher":
        too_many(name, MOST_GUESSES, SECONDS)
