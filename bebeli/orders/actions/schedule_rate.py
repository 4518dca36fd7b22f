"""Finance schedules a rate from a future day, and may take it back before it begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from bebeli.catalog.models import Category
from bebeli.kit import clock, money
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.steps import verb
from bebeli.orders.models import Rate
from bebeli.orders.models.rate import SWITCHES
from bebeli.sellers.models import Seller

K = Rate.Kind
MOST_FEE = 1_000_000  # rupiah; more is a slip of the finger


@dataclass(frozen=True)
class RateWish:
    """What finance asks for; slugs are "" where the rate is for everybody."""

    kind: str
    value: int
    valid_from: date
    seller: str = ""
    category: str = ""


@verb
def schedule_rate(wish: RateWish, user_id: int) -> Rate:
    """Write a rate down that begins tomorrow or later. Raises InvalidInput at the field."""
    _check(wish)
    rate = Rate(
        kind=wish.kind,
        value=wish.value,
        valid_from=wish.valid_from,
        seller=_seller(wish.seller),
        category=_category(wish.category),
        scheduled_by_id=user_id,
        scheduled_at=clock.now(),
    )
    try:
        with transaction.atomic():
            rate.save()
    except IntegrityError as error:
        words = _("Untuk hari itu sudah ada tarif yang dijadwalkan. Batalkan dulu yang lama.")
        raise InvalidInput("rate_taken", words, field="mulai") from error
    return rate


def _check(wish: RateWish) -> None:
    if wish.kind not in K.values:
        raise InvalidInput("bad_kind", _("Pilih jenis tarifnya."), field="jenis")
    most = {K.SERVICE_FEE: MOST_FEE, **dict.fromkeys(SWITCHES, 1)}.get(K(wish.kind), money.BASIS)
    if not 0 <= wish.value <= most:
        raise InvalidInput("bad_value", _value_words(wish.kind), field="nilai")
    if wish.valid_from <= clock.today():
        raise InvalidInput("rate_in_the_past", _("Tarif baru mulai paling cepat besok."), field="mulai")
    if (wish.seller or wish.category) and wish.kind != K.COMMISSION:
        where = "penjual" if wish.seller else "kategori"
        raise InvalidInput("too_narrow", _("Hanya komisi yang bisa khusus untuk satu toko atau kategori."), field=where)


def _value_words(kind: str) -> str:
    if kind in SWITCHES:
        return str(_("Tulis 1 untuk menyalakan, 0 untuk mematikan."))
    if kind == K.SERVICE_FEE:
        return str(_("Tulis rupiah bulat, dari 0 sampai 1.000.000."))
    return str(_("Tulis persen dari 0 sampai 100, paling banyak dua angka di belakang koma."))


def _seller(slug: str) -> Seller | None:
    found = Seller.objects.filter(slug=slug).first() if slug else None
    if slug and found is None:
        raise InvalidInput("no_seller", _("Toko itu tidak ada. Tulis alamat pendek tokonya."), field="penjual")
    return found


def _category(slug: str) -> Category | None:
    found = Category.objects.filter(slug=slug).first() if slug else None
    if slug and found is None:
        raise InvalidInput("no_category", _("Kategori itu tidak ada."), field="kategori")
    return found


@verb
def withdraw_rate(rate_id: int, user_id: int) -> Rate:
    """Take a scheduled rate back; the row stays and says who did it. The same twice is a quiet success."""
    rate = Rate.objects.get(pk=rate_id)
    if rate.withdrawn_at is not None:
        return rate
    if rate.is_begun:
        raise Refused("rate_begun", _("Tarif ini sudah berlaku, jadi tidak bisa ditarik. Jadwalkan tarif baru."))
    now = clock.now()
    Rate.objects.standing().filter(pk=rate.pk).update(withdrawn_by=user_id, withdrawn_at=now)
    rate.refresh_from_db()
    return rate
