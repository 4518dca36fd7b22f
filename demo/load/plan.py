"""How much is to be written, with which dice, from which number on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random

from bebeli.accounts.models import User
from bebeli.places.models import Region

BUYER, SELLER = "beban", "muat"
NUMBER = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class Plan:
    """One run. `dice` gives the same data again for the same seed, moment and database."""

    products: int
    sellers: int
    buyers: int
    orders: int
    dice: Random
    now: datetime
    say: Callable[[str, int], None]


@dataclass(frozen=True)
class Place:
    """A desa with what an address and a stall need of it."""

    village: str
    district: str
    district_name: str
    zone: str
    words: str
    postal_code: str


def email(kind: str, number: int) -> str:
    """Return the address of the nth buyer or seller."""
    return f"{kind}{number:05d}@example.com"


def last_number(kind: str) -> int:
    """Return the number of the last person of a kind, 0 when there is none: the next run goes on behind it."""
    emails = User.objects.filter(email__regex=rf"^{kind}[0-9]{{5,}}@example\.com$").values_list("email", flat=True)
    return max((int(found.group()) for text in emails if (found := NUMBER.search(text))), default=0)


def places() -> list[Place]:
    """Return all desa of the regency with their kecamatan."""
    rows = Region.objects.with_ancestry().filter(level=Region.Level.VILLAGE, code__startswith="32.16.").order_by("code")
    return [
        Place(row.code, row.parent.code, row.parent.name, row.parent.zone, row.in_words(), row.postal_code or "17510")
        for row in rows
        if row.parent is not None
    ]
