"""How amounts, dates and weights are written on the pages."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bebeli.kit import money

register = template.Library()

MONTHS_ID = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # noqa: SIM905
)
MONTHS_EN = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
GRAMS = 1000


@register.filter
def rupiah(amount: int | None) -> str:
    """Write `Rp125.000`."""
    return money.rupiah(int(amount)) if amount not in {None, ""} else ""  # type: ignore[arg-type]


@register.filter
def angka(number: int | None) -> str:
    """Write `1.284`."""
    return f"{int(number):,}".replace(",", ".") if number is not None else ""


@register.filter
def tanggal(moment: datetime | date | None) -> str:
    """Write `23 November 2026`, in WIB."""
    if moment is None:
        return ""
    day = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    months = MONTHS_EN if get_language() == "en" else MONTHS_ID
    return f"{day.day} {months[day.month - 1]} {day.year}"


@register.filter
def jam(moment: datetime | None) -> str:
    """Write `14.30 WIB`."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{local:%H.%M} WIB"


@register.filter
def tanggal_jam(moment: datetime | None) -> str:
    """Write `23 November 2026, 14.30 WIB`."""
    return f"{tanggal(moment)}, {jam(moment)}" if moment is not None else ""


@register.filter
def berat(grams: int | None) -> str:
    """Write `450 g` or `1,5 kg`."""
    if not grams:
        return ""
    if grams < GRAMS:
        return f"{grams} g"
    return f"{grams / GRAMS:.2f}".rstrip("0").rstrip(".").replace(".", ",") + " kg"


@register.filter
def hari(option: object) -> str:
    """Write a shipping option's days: `1–2 hari`."""
    low, high = getattr(option, "min_days", 0), getattr(option, "max_days", 0)
    if high == 0:
        return ""
    if low == high:
        return _("%(days)s hari") % {"days": high}
    if low == 0:
        return _("sampai %(days)s hari") % {"days": high}
    return _("%(low)s–%(high)s hari") % {"low": low, "high": high}
