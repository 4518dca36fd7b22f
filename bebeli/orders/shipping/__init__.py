"""What bringing a parcel costs: pure quoting over tariff tables. Imported by flows only."""

from __future__ import annotations

from collections.abc import Collection

from bebeli.orders.shipping import providers
from bebeli.orders.shipping.tables import load_tariffs
from bebeli.orders.shipping.types import Destination, Option, Origin, Parcel, Tariffs, chargeable_kg

__all__ = ["Destination", "Option", "Origin", "Parcel", "Tariffs", "chargeable_kg", "load_tariffs", "quote"]

ONLINE = "daring"
NEAREST_FIRST = ("kabupaten", "jabodetabek", "nasional")


def quote(
    origin: Origin, destination: Destination, parcels: tuple[Parcel, ...], scopes: Collection[str], tariffs: Tariffs
) -> tuple[Option, ...]:
    """Return the ways one seller's parcel can reach a destination, pickup first, then by price; empty when none can.

    `scopes` are the ship scopes of the lines: the nearest of them and of the seller's reach decides how far it goes;
    a parcel of on-line work only needs no shipping.
    """
    physical = set(scopes) - {ONLINE}
    if not physical:
        return tuple(providers.nothing_to_ship())
    reach = min([*physical, origin.reach], key=NEAREST_FIRST.index)
    if not _reaches(reach, destination):
        return ()
    options = providers.pickup(destination) + providers.local(origin, destination, parcels, tariffs)
    if reach != "kabupaten":
        options += providers.national(destination, parcels, tariffs)
    return tuple(options)


def _reaches(reach: str, destination: Destination) -> bool:
    if destination.is_in_bekasi or reach == "nasional":
        return True
    return reach == "jabodetabek" and destination.tariff_zone == providers.GREATER_JAKARTA
