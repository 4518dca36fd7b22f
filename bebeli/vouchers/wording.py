"""What a voucher says, in plain sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from bebeli.catalog.models import Category
from bebeli.kit import clock
from bebeli.kit.money import rupiah
from bebeli.kit.templatetags.bebeli import persen
from bebeli.places.models import Region
from bebeli.vouchers.models import Voucher

DAYS = 14
HIGH = 48  # of the tallest bar, in the picture's own units


def gist(voucher: Voucher) -> str:
    """Return what it takes off in a few words."""
    most = {"most": rupiah(voucher.ceiling or 0)}
    if voucher.kind == Voucher.Kind.PERCENT:
        return _("%(percent)s, paling banyak %(most)s") % {"percent": persen(voucher.percent_bp), **most}
    if voucher.kind == Voucher.Kind.AMOUNT:
        return _("Potongan %(amount)s") % {"amount": rupiah(voucher.amount)}
    return _("Gratis ongkir sampai %(most)s") % most if voucher.ceiling else _("Gratis ongkir")


def conditions(voucher: Voucher) -> list[str]:
    """Return when it fits, one sentence each."""
    said = []
    if voucher.min_purchase:
        said.append(_("Belanja paling sedikit %(least)s.") % {"least": rupiah(voucher.min_purchase)})
    if voucher.categories:
        names = [row.name for row in Category.objects.filter(path__in=voucher.categories)]
        said.append(_("Hanya kategori %(names)s.") % {"names": ", ".join(names)})
    if voucher.districts:
        names = list(Region.objects.filter(pk__in=voucher.districts).order_by("name").values_list("name", flat=True))
        said.append(_("Hanya dari pembuat di %(names)s.") % {"names": ", ".join(names)})
    if voucher.purse != Voucher.Purse.PERSONAL:
        said.append(_("Hanya untuk belanja dengan %(purse)s.") % {"purse": voucher.get_purse_display()})
    if voucher.is_first_purchase:
        said.append(_("Hanya untuk belanja pertama."))
    if voucher.per_person:
        said.append(_("Tiap orang %(times)s kali.") % {"times": voucher.per_person})
    said.append(_("Berlaku sendiri tanpa kode.") if voucher.is_automatic else _("Pembeli mengetik kodenya."))
    if not voucher.is_public and not voucher.is_automatic:
        said.append(_("Tidak tampil di daftar: hanya untuk yang tahu kodenya."))
    return said


@dataclass(frozen=True)
class Bar:
    """One day of the picture: its place, its height, and what it says."""

    day: date
    times: int
    amount: int
    x: int
    y: int
    height: int


def by_day(voucher: Voucher) -> list[Bar]:
    """Return the uses of the last fourteen days, drawn as bars."""
    today = clock.today()
    first = today - timedelta(days=DAYS - 1)
    rows = voucher.uses.annotate(day=TruncDate("used_at")).filter(day__gte=first).values("day")
    known = {
        row["day"]: (row["times"], row["amount"]) for row in rows.annotate(times=Count("pk"), amount=Sum("amount")).order_by()
    }
    tallest = max((times for times, _amount in known.values()), default=0) or 1
    bars = []
    for at in range(DAYS):
        times, amount = known.get(first + timedelta(days=at), (0, 0))
        height = max(times * HIGH // tallest, 2 if times else 0)
        bars.append(Bar(first + timedelta(days=at), times, amount, at * 20, HIGH - height, height))
    return bars
