"""Each way to bring a parcel, as a pure function to its options."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from bebeli.orders.shipping.types import Destination, Option, Origin, Parcel, Tariffs, chargeable_kg, price

JNE_TOLERANCE_G = 300
GREATER_JAKARTA = "jabodetabek"


def pickup(destination: Destination) -> list[Option]:
    """Fetch it at the maker's: for buyers from here and around."""
    if not destination.is_in_bekasi and destination.tariff_zone != GREATER_JAKARTA:
        return []
    return [Option("pickup", gettext_noop("Ambil di toko"), 0, 0, 1, "pickup")]


def local(origin: Origin, destination: Destination, parcels: tuple[Parcel, ...], tariffs: Tariffs) -> list[Option]:
    """The local courier between the regency's zones."""
    rate = tariffs.local.get((origin.zone, destination.zone)) if destination.is_in_bekasi else None
    if rate is None:
        return []
    kilograms = chargeable_kg(parcels, rate.divisor)
    return [
        Option(
            "local",
            gettext_noop("Kurir lokal"),
            price(rate, kilograms),
            rate.min_days,
            rate.max_days,
            "local",
            courier="bebeli_lokal",
            service="ANTAR",
        )
    ]


def national(destination: Destination, parcels: tuple[Parcel, ...], tariffs: Tariffs) -> list[Option]:
    """National couriers by chargeable weight, cheapest first."""
    options = []
    for (service, zone), rate in tariffs.national.items():
        if zone == destination.tariff_zone:
            kilograms = chargeable_kg(parcels, rate.divisor, tolerance_g=JNE_TOLERANCE_G)
            options.append(
                Option(
                    f"jne_{service.lower()}",
                    f"{rate.courier_name} {service} · {rate.service_name}",
                    price(rate, kilograms),
                    rate.min_days,
                    rate.max_days,
                    "national",
                    courier="jne",
                    service=service,
                )
            )
    return sorted(options, key=lambda option: (option.price, option.max_days, option.code))


def nothing_to_ship() -> list[Option]:
    """Work done on line: nothing travels."""
    return [Option("none", gettext_noop("Tanpa kiriman"), 0, 0, 0, "none")]
