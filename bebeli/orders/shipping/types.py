"""The values shipping is computed from and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bebeli.places.models import Region
    from bebeli.sellers.models import Seller

GRAMS = 1000


@dataclass(frozen=True)
class Parcel:
    """So many pieces of one weight (grams) and size (cm), or None where the size is unknown."""

    weight_g: int
    dims_cm: tuple[int, int, int] | None
    quantity: int


@dataclass(frozen=True)
class Origin:
    """The maker: delivery zone of the kecamatan, and how far it ships."""

    zone: str
    reach: str

    @classmethod
    def of(cls, seller: Seller) -> Origin:
        """Read a loaded seller with its district."""
        return cls(seller.district.zone, seller.ships_to)


@dataclass(frozen=True)
class Destination:
    """The buyer's region: inside the regency its delivery zone, everywhere its national tariff zone."""

    is_in_bekasi: bool
    zone: str
    tariff_zone: str

    @classmethod
    def of(cls, region: Region) -> Destination:
        """Read a region with its ancestry loaded."""
        district = region.parent if region.level == "village" else region
        zone = district.zone if region.is_in_bekasi and district is not None else ""
        regency = region
        while regency.parent is not None and not regency.tariff_zone:
            regency = regency.parent
        return cls(region.is_in_bekasi, zone, regency.tariff_zone)


@dataclass(frozen=True)
class Rate:
    """One tariff row: rupiah for the first and each next kilogram, days, cm³ per kg (0: volume does not count)."""

    courier_name: str
    service_name: str
    first_kg: int
    next_kg: int
    min_days: int
    max_days: int
    divisor: int


@dataclass(frozen=True)
class Tariffs:
    """All rates of a day: local by (from, to) zone, national by (service, zone)."""

    local: Mapping[tuple[str, str], Rate]
    national: Mapping[tuple[str, str], Rate]


@dataclass(frozen=True)
class Option:
    """One way to bring a parcel. `paid_by` says who pays the courier at the counter."""

    code: str
    label: str
    price: int
    min_days: int
    max_days: int
    kind: str
    paid_by: str = "seller"
    courier: str = ""
    service: str = ""


def chargeable_kg(parcels: tuple[Parcel, ...], divisor: int, *, tolerance_g: int = 0) -> int:
    """Return whole kilograms to pay: max(actual, length×width×height/divisor) summed, rounded up beyond a tolerance.

    At least 1 kg. A divisor of 0 counts no volume. With 300 g of tolerance 1.30 kg is 1 and 1.31 kg is 2.
    """
    actual = sum(parcel.weight_g * parcel.quantity for parcel in parcels)
    volume = 0.0
    if divisor:
        for parcel in parcels:
            length, width, height = parcel.dims_cm or (0, 0, 0)
            volume += length * width * height * parcel.quantity * GRAMS / divisor
    grams = max(actual, volume)
    return max(ceil((grams - tolerance_g) / GRAMS), 1)


def price(rate: Rate, kilograms: int) -> int:
    """Return rupiah for so many whole kilograms."""
    return rate.first_kg + rate.next_kg * (kilograms - 1)
