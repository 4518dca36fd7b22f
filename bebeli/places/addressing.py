"""What a deliverable address looks like."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput
from bebeli.places.models import Region

POSTAL_CODE = re.compile(r"^[0-9]{5}$")


def check_region(region: Region) -> None:
    """Inside the regency a desa or kecamatan is needed, elsewhere a city or regency; raises InvalidInput at `region`."""
    if region.is_in_bekasi:
        if region.level not in {Region.Level.VILLAGE, Region.Level.DISTRICT}:
            raise InvalidInput("bad_region", _("Pilih kecamatan dan desa di Kabupaten Bekasi."), field="region")
    elif region.level != Region.Level.REGENCY:
        raise InvalidInput("bad_region", _("Pilih kabupaten atau kota tujuan."), field="region")


def check_postal_code(postal_code: str) -> None:
    """Five digits; raises InvalidInput at `postal_code`."""
    if not POSTAL_CODE.match(postal_code):
        raise InvalidInput("bad_postal_code", _("Kode pos harus 5 angka."), field="postal_code")


def find_region(code: str) -> Region:
    """Return a region that can be delivered to, its ancestry loaded; raises InvalidInput at `region`."""
    region = Region.objects.with_ancestry().filter(pk=code).first()
    if region is None:
        raise InvalidInput("bad_region", _("Wilayah ini tidak dikenal. Pilih dari daftar."), field="region")
    check_region(region)
    return region
