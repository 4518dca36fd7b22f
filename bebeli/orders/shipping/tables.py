"""Reads the tariff rows of a day in one query."""

from __future__ import annotations

from datetime import date

from bebeli.orders.shipping.types import Rate, Tariffs
from bebeli.places.models import Tariff


def load_tariffs(day: date) -> Tariffs:
    """Return all rates that hold on a day."""
    local, national = {}, {}
    for row in Tariff.objects.on(day).order_by("valid_from"):
        rate = Rate(row.courier_name, row.service_name, row.first_kg, row.next_kg, row.min_days, row.max_days, row.divisor)
        if row.scope == "kabupaten":
            local[row.zone_from, row.zone_to] = rate
        else:
            national[row.service, row.zone_to] = rate
    return Tariffs(local, national)
