"""What a maker says about a product and its variants, as plain values, checked once for every door."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext_lazy as _

from bebeli.catalog.models import Category, Product
from bebeli.kit.errors import InvalidInput

SKU = re.compile(r"^[A-Z0-9][A-Z0-9-]{2,39}$")
HS_CODE = re.compile(r"^[0-9]{4}(\.?[0-9]{2}){0,4}$")
GTIN = re.compile(r"^([0-9]{8}|[0-9]{12,14})$")
MOST_PRICE = 1_000_000_000
MOST_STOCK = 1_000_000
MOST_GRAMS = 1_000_000
MOST_CM = 1_000
MOST_DAYS = 365
MOST_AXES = 3
MOST_VARIANTS = 60
MOST_TAGS = 10
LONGEST_TEXT = 8_000


@dataclass(frozen=True)
class ProductValue:
    """A product's texts and terms. `category` is a slug."""

    category: str
    name_id: str
    name_en: str = ""
    description_id: str = ""
    description_en: str = ""
    unit: str = "buah"
    is_service: bool = False
    ship_scope: str = "nasional"
    preorder_days: int = 0
    export_ready: bool = False
    hs_code: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class VariantValue:
    """A variant's price in rupiah, weight in grams, sides in cm; an empty `sku` is filled in."""

    price: int
    sku: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    weight_g: int = 0
    length_cm: int = 0
    width_cm: int = 0
    height_cm: int = 0
    gtin: str = ""
    is_active: bool = True
    on_hand: int = 0


def plain(text: str) -> str:
    """Return a text without control characters, lines kept; it is escaped wherever it is shown."""
    kept = (sign for sign in text.replace("\r\n", "\n") if sign == "\n" or not unicodedata.category(sign).startswith("C"))
    return "".join(kept).strip()


def line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(plain(text).split())


def in_range(number: int, low: int, high: int, name: str) -> None:
    """Refuse a number outside its range at its field."""
    if not low <= number <= high:
        message = _("Isi angka antara %(low)s dan %(high)s.") % {"low": low, "high": high}
        raise InvalidInput("out_of_range", message, field=name)


def within(text: str, shortest: int, longest: int, name: str) -> None:
    """Refuse a text that is too short or too long at its field."""
    if not shortest <= len(text) <= longest:
        message = _("Tulis %(low)s sampai %(high)s huruf.") % {"low": shortest, "high": longest}
        raise InvalidInput("bad_length", message, field=name)


def checked_product(value: ProductValue) -> tuple[ProductValue, Category]:
    """Return the cleaned value and its category; raises InvalidInput at the field that is wrong."""
    clean = replace(
        value,
        name_id=line(value.name_id),
        name_en=line(value.name_en),
        description_id=plain(value.description_id),
        description_en=plain(value.description_en),
        unit=line(value.unit),
        hs_code=line(value.hs_code),
        tags=tuple(dict.fromkeys(line(tag).lower() for tag in value.tags if line(tag))),
    )
    within(clean.name_id, 3, 120, "name")
    within(clean.name_en, 0, 120, "name_en")
    within(clean.description_id, 0, LONGEST_TEXT, "description")
    within(clean.description_en, 0, LONGEST_TEXT, "description_en")
    within(clean.unit, 1, 24, "unit")
    in_range(clean.preorder_days, 0, MOST_DAYS, "preorder_days")
    _check_terms(clean)
    category = Category.objects.filter(slug=value.category).first()
    if category is None:
        raise InvalidInput("unknown_category", _("Pilih kategori dari daftar."), field="category")
    return clean, category


def _check_terms(clean: ProductValue) -> None:
    if clean.ship_scope not in Product.Scope.values:
        raise InvalidInput("bad_scope", _("Pilih sejauh mana produk ini dikirim."), field="ship_scope")
    if clean.hs_code and not (HS_CODE.match(clean.hs_code) and len(clean.hs_code) <= 12):  # noqa: PLR2004  the column
        raise InvalidInput("bad_hs_code", _("Kode HS berupa angka, misalnya 1604.19."), field="hs_code")
    if len(clean.tags) > MOST_TAGS or any(len(tag) > 30 for tag in clean.tags):  # noqa: PLR2004  what a label carries
        raise InvalidInput("bad_tags", _("Paling banyak 10 kata kunci, masing-masing 30 huruf."), field="tags")


def checked_variant(value: VariantValue) -> VariantValue:
    """Return the cleaned value; raises InvalidInput at the field that is wrong."""
    options = {line(axis): line(option) for axis, option in value.options.items()}
    if len(options) > MOST_AXES or any(not (1 <= len(part) <= 40) for pair in options.items() for part in pair):  # noqa: PLR2004
        raise InvalidInput("bad_options", _("Paling banyak 3 pilihan, masing-masing sampai 40 huruf."), field="options")
    clean = replace(value, options=options, sku=value.sku.strip().upper(), gtin=value.gtin.strip())
    in_range(clean.price, 1, MOST_PRICE, "price")
    in_range(clean.weight_g, 0, MOST_GRAMS, "weight_g")
    for side in ("length_cm", "width_cm", "height_cm"):
        in_range(getattr(clean, side), 0, MOST_CM, side)
    in_range(clean.on_hand, 0, MOST_STOCK, "on_hand")
    if clean.sku and not SKU.match(clean.sku):
        raise InvalidInput("bad_sku", _("SKU 3 sampai 40 huruf besar, angka, atau tanda hubung."), field="sku")
    if clean.gtin and not GTIN.match(clean.gtin):
        raise InvalidInput("bad_gtin", _("GTIN 8, 12, 13, atau 14 angka."), field="gtin")
    return clean
