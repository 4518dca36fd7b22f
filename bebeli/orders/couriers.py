"""Couriers a maker may hand a parcel to, and banks a refund may go to."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from bebeli.orders.models.order import OWN_DELIVERY

COURIERS = (
    (OWN_DELIVERY, _("Diantar sendiri")),
    ("BEBELI Lokal", _("Kurir lokal BEBELI")),
    ("JNE", "JNE"),
    ("J&T Express", "J&T Express"),
    ("SiCepat", "SiCepat"),
    ("AnterAja", "AnterAja"),
    ("Pos Indonesia", "Pos Indonesia"),
    ("TIKI", "TIKI"),
    ("Lion Parcel", "Lion Parcel"),
    ("Ninja Xpress", "Ninja Xpress"),
    ("GoSend", "GoSend"),
    ("GrabExpress", "GrabExpress"),
)
BANKS = Path(__file__).resolve().parent / "data" / "banks.csv"


@cache
def banks() -> tuple[tuple[str, str], ...]:
    """Return (code, short name) of banks a refund may go to."""
    with BANKS.open(encoding="utf-8", newline="") as lines:
        return tuple((row["code"], row["short_name"]) for row in csv.DictReader(lines))


def bank_name(code: str) -> str:
    """Return a bank's short name; the code itself for one that is not listed."""
    return dict(banks()).get(code, code)
