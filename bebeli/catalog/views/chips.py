"""The filters in use, each a chip that takes itself away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from bebeli.catalog.forms import CERTIFICATES
from bebeli.catalog.search import Filters
from bebeli.kit.money import rupiah
from bebeli.places.models import Region


@dataclass(frozen=True)
class Chip:
    """What is filtered, and the query of the page without it."""

    words: str
    query: str


def of(query: QueryDict, filters: Filters, districts: Sequence[Region]) -> list[Chip]:
    """Return the chips of a list, in the order of the form."""
    names = {district.code: district.name for district in districts}
    told = {
        "kategori": query.get("kategori", "") and filters.category,
        "toko": query.get("toko", "") and filters.seller,
        "kecamatan": names.get(filters.district, filters.district),
        "sertifikat": dict(CERTIFICATES).get(filters.certificate, "") if filters.certificate else "",
        "min": _("mulai %(price)s") % {"price": rupiah(filters.min_price)} if filters.min_price is not None else "",
        "max": _("sampai %(price)s") % {"price": rupiah(filters.max_price)} if filters.max_price is not None else "",
        "tersedia": _("Ada stok") if filters.in_stock else "",
        "ekspor": _("Siap ekspor") if filters.export_ready else "",
    }
    return [Chip(str(words), _without(query, name)) for name, words in told.items() if words]


def _without(query: QueryDict, name: str) -> str:
    rest = query.copy()
    rest.pop(name, None)
    return rest.urlencode()
