"""How amounts, dates and weights are written on the pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.forms import BoundField, Textarea
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from bebeli.kit import clock, money

register = template.Library()

MONTHS_ID = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # noqa: SIM905
)
MONTHS_EN = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
GRAMS = 1000
MINUTES = 60
HOURS = 24


CLASSES = {
    "select": "select",
    "textarea": "textarea",
    "checkbox": "checkbox checkbox-primary",
    "radio": "radio radio-primary",
}


@register.filter
def styled(field: BoundField) -> SafeString:
    """Render a form field in the house's look, its error and help linked for screen readers."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "")
    css = CLASSES.get(kind, "textarea" if isinstance(widget, Textarea) else "input")
    mood = {"select": "select-error", "textarea": "textarea-error"}.get(css, "input-error") if field.errors else ""
    attrs: dict[str, str | bool] = {"class": f"{css} {mood}".strip()}
    linked = [f"{field.auto_id}_error"] if field.errors else []
    linked += [f"{field.auto_id}_helptext"] if field.help_text else []
    if linked:
        attrs["aria-describedby"] = " ".join(linked)
    return field.as_widget(attrs=attrs)


@register.filter
def rupiah(amount: int | None) -> str:
    """Write `Rp125.000`."""
    return money.rupiah(int(amount)) if isinstance(amount, int) else ""


@register.filter
def angka(number: int | None) -> str:
    """Write `1.284`."""
    return f"{int(number):,}".replace(",", ".") if number is not None else ""


@register.filter
def persen(basis_points: int | None) -> str:
    """Write `2,5 %` of basis points."""
    whole, part = divmod(int(basis_points or 0), 100)
    return f"{whole},{part:02d}".rstrip("0").rstrip(",") + " %"


@register.filter
def tanggal(moment: datetime | date | None) -> str:
    """Write `23 November 2026`, in WIB."""
    if moment is None:
        return ""
    day = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    months = MONTHS_EN if get_language() == "en" else MONTHS_ID
    return f"{day.day} {months[day.month - 1]} {day.year}"


@register.filter
def bulan(day: date | None) -> str:
    """Write `November 2026`."""
    return tanggal(day).split(" ", 1)[1] if day is not None else ""


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
def sisa(deadline: datetime | None) -> str:
    """Write how long is left until a deadline: `46 jam`, `12 menit`, `0 menit` once it has passed."""
    if deadline is None:
        return ""
    minutes = max(int((deadline - clock.now()).total_seconds()) // 60, 0)
    if minutes < 2 * MINUTES:
        return ngettext("%(count)s menit", "%(count)s menit", minutes) % {"count": minutes}
    hours = minutes // MINUTES
    return ngettext("%(count)s jam", "%(count)s jam", hours) % {"count": hours}


@register.filter
def lama(moment: datetime | None) -> str:
    """Write for how long something has lasted: `3 hari`, `5 jam`, `12 menit`."""
    if moment is None:
        return ""
    minutes = max(int((clock.now() - moment).total_seconds()) // 60, 0)
    hours, days = minutes // MINUTES, minutes // MINUTES // HOURS
    if days:
        return ngettext("%(count)s hari", "%(count)s hari", days) % {"count": days}
    if hours:
        return ngettext("%(count)s jam", "%(count)s jam", hours) % {"count": hours}
    return ngettext("%(count)s menit", "%(count)s menit", minutes) % {"count": minutes}


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
        return ngettext("%(days)s hari", "%(days)s hari", high) % {"days": high}
    if low == 0:
        return ngettext("sampai %(days)s hari", "sampai %(days)s hari", high) % {"days": high}
    return _("%(low)s–%(high)s hari") % {"low": low, "high": high}


@register.filter
def own_path(address: str | None) -> str:
    """Return the path of one of our own pages from a full address, else the home page."""
    parts = urlsplit(address or "")
    own = parts.netloc in {"", urlsplit(settings.BASE_URL).netloc} and parts.path.startswith("/")
    return f"{parts.path}?{parts.query}" if own and parts.query else parts.path if own else "/"


@register.filter
def lang(row: object, field: str) -> str:
    """Return the language a row's field is shown in: English only on an English page, and where there is English."""
    english: str = getattr(row, f"{field}_en", "")
    return "en" if english and get_language() == "en" else "id"


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Look a key up in a mapping; None where it is missing."""
    return mapping.get(key)


@register.filter
def tanpa_minus(amount: int) -> int:
    """Return an amount without its sign."""
    return abs(amount)


@register.filter
def telepon(number: str) -> str:
    """Write `+6281234567890` as `0812-3456-7890`."""
    local = f"0{number.removeprefix('+62')}" if number.startswith("+62") else number
    return "-".join(part for part in (local[:4], local[4:8], local[8:]) if part)
