"""What a voucher says, as typed values, and whether it may say so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from bebeli.catalog.models import Category
from bebeli.kit import clock, codes
from bebeli.kit.errors import InvalidInput, Message
from bebeli.places.models import Region
from bebeli.vouchers.models import Voucher
from bebeli.vouchers.models.voucher import MOST_PERCENT_BP

CODE = re.compile(r"[A-Z0-9-]{4,24}", re.ASCII)
MOST_MONEY = 10**12  # rupiah; more is a slip of the finger
MOST_USES = 10**8
MOST_PER_PERSON = 1_000
K = Voucher.Kind


@dataclass(frozen=True)
class Terms:
    """What is asked for. Money in rupiah; None is without a limit."""

    name_id: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    code: str = ""
    name_en: str = ""
    payer: str = Voucher.Payer.SELLER
    percent_bp: int = 0
    amount: int = 0
    ceiling: int | None = None
    min_purchase: int = 0
    categories: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    is_first_purchase: bool = False
    purse: str = Voucher.Purse.PERSONAL
    is_automatic: bool = False
    is_public: bool = True
    budget: int | None = None
    max_uses: int | None = None
    per_person: int | None = 1


SAYABLE = ("name_id", "name_en", "is_public", "ends_at")  # what may still change once it is used


def of(voucher: Voucher) -> Terms:
    """Return what a voucher says now."""
    values: dict[str, Any] = {name: getattr(voucher, name) for name in Terms.__dataclass_fields__}
    return Terms(**{**values, "categories": tuple(voucher.categories), "districts": tuple(voucher.districts)})


def code_of(text: str) -> str:
    """Return a code as it is kept: without blanks, in capitals, cut to what a code may be."""
    return "".join(text.replace("\0", "").split()).upper()[:24]


def checked(terms: Terms) -> Terms:
    """Return what may be written. Raises InvalidInput at the field."""
    code = code_of(terms.code)
    if not code and terms.is_automatic:
        code = f"KAMPANYE-{codes.random_code(6)}"
    if not CODE.fullmatch(code):
        raise InvalidInput("bad_code", _("Kode 4 sampai 24 huruf besar, angka, atau tanda hubung."), field="code")
    for field, is_right, words in RULES:
        if not is_right(terms):
            raise InvalidInput("bad_terms", words, field=field)
    _known(Category, "path", terms.categories, "categories")
    _known(Region, "pk", terms.districts, "districts")
    return cleaned(terms, code)


def cleaned(terms: Terms, code: str) -> Terms:
    """Return the terms with only the values that their kind has."""
    values = {name: getattr(terms, name) for name in Terms.__dataclass_fields__}
    values |= {"code": code, "name_id": terms.name_id.strip(), "name_en": terms.name_en.strip()}
    if terms.kind != K.PERCENT:
        values["percent_bp"] = 0
    if terms.kind != K.AMOUNT:
        values["amount"] = 0
    else:
        values["ceiling"] = None
    return Terms(**values)


def _known(model: type[Category | Region], name: str, wanted: tuple[str, ...], field: str) -> None:
    if wanted and model._default_manager.filter(**{f"{name}__in": wanted}).count() != len(set(wanted)):  # noqa: SLF001  Django's documented name
        raise InvalidInput("bad_terms", _("Pilih dari daftar yang tersedia."), field=field)


def _limit(value: int | None, most: int) -> bool:
    return value is None or 0 < value <= most


Rule = tuple[str, Callable[[Terms], bool], Message]
RULES: tuple[Rule, ...] = (
    ("name_id", lambda t: bool(t.name_id.strip()), _("Tulis nama yang dibaca pembeli.")),
    ("kind", lambda t: t.kind in K.values, _("Pilih jenis potongannya.")),
    ("payer", lambda t: t.payer in Voucher.Payer.values, _("Pilih siapa yang membayar potongannya.")),
    ("purse", lambda t: t.purse in Voucher.Purse.values, _("Pilih dengan uang apa voucher ini dipakai.")),
    ("percent", lambda t: t.kind != K.PERCENT or 0 < t.percent_bp <= MOST_PERCENT_BP, _("Tulis persen di atas 0 sampai 90.")),
    ("ceiling", lambda t: t.kind != K.PERCENT or t.ceiling is not None, _("Tulis potongan terbanyak untuk satu belanja.")),
    ("ceiling", lambda t: _limit(t.ceiling, MOST_MONEY), _("Tulis rupiah bulat di atas 0.")),
    ("amount", lambda t: t.kind != K.AMOUNT or 0 < t.amount <= MOST_MONEY, _("Tulis potongannya, rupiah bulat di atas 0.")),
    ("min_purchase", lambda t: 0 <= t.min_purchase <= MOST_MONEY, _("Tulis rupiah bulat, 0 bila tanpa batas.")),
    (
        "min_purchase",
        lambda t: t.kind != K.AMOUNT or t.min_purchase > t.amount,
        _("Belanja terkecil harus lebih dari potongannya."),
    ),
    ("budget", lambda t: _limit(t.budget, MOST_MONEY), _("Tulis anggarannya, rupiah bulat di atas 0.")),
    (
        "budget",
        lambda t: t.payer == Voucher.Payer.SELLER or t.budget is not None,
        _("Voucher yang tidak dibayar penjual harus punya anggaran."),
    ),
    (
        "budget",
        lambda t: t.budget is None or t.budget >= (t.amount if t.kind == K.AMOUNT else t.ceiling or 0),
        _("Anggarannya harus cukup untuk satu pemakaian."),
    ),
    ("max_uses", lambda t: _limit(t.max_uses, MOST_USES), _("Tulis jumlah di atas 0, atau kosongkan.")),
    ("per_person", lambda t: _limit(t.per_person, MOST_PER_PERSON), _("Tulis jumlah di atas 0, atau kosongkan.")),
    ("ends", lambda t: t.ends_at > t.starts_at, _("Hari terakhir tidak boleh sebelum hari mulai.")),
    ("ends", lambda t: t.ends_at > clock.now(), _("Hari terakhir itu sudah lewat.")),
)
