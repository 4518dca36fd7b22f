"""Loads the official regions and the demo tariffs; called by the migration, safe to repeat."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bebeli.places import tariff_zones

DATA = Path(__file__).parent / "data"
LEVEL_ORDER = ("province", "regency", "district", "village")
SINCE = date(2026, 1, 1)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def load_regions(model: Any) -> int:
    """Write all regions of the CSV into the (possibly historical) model; returns how many."""
    districts = {row["code"]: row for row in _rows("districts.csv")}
    rows = sorted(_rows("regions.csv"), key=lambda row: (LEVEL_ORDER.index(row["level"]), row["code"]))
    regions = []
    for row in rows:
        code = row["code"]
        district = districts.get(code, {})
        regions.append(
            model(
                code=code,
                name=row["name"].strip(),
                folded_name="".join(row["name"].lower().split()),
                level=row["level"],
                kind=row["kind"],
                parent_id=code.rsplit(".", 1)[0] if "." in code else None,
                postal_code=row["postal_code"],
                zone=district.get("demo_local_zone", ""),
                tariff_zone=tariff_zones.zone_of(code),
                latitude=float(district["latitude"]) if district else None,
                longitude=float(district["longitude"]) if district else None,
            )
        )
    model.objects.bulk_create(regions, ignore_conflicts=True)
    return len(regions)


def load_tariffs(model: Any) -> int:
    """Write the demo tariffs; returns how many."""
    tariffs = [*_local(model), *_national(model)]
    model.objects.bulk_create(tariffs, ignore_conflicts=True)
    return len(tariffs)


def _local(model: Any) -> Iterator[Any]:
    for (start, end), (first, following) in tariff_zones.LOCAL.items():
        yield model(
            courier="bebeli_lokal",
            courier_name="Kurir Lokal",
            service="ANTAR",
            service_name="Antar dalam kabupaten",
            scope="kabupaten",
            zone_from=start,
            zone_to=end,
            first_kg=first,
            next_kg=following,
            min_days=1,
            max_days=2,
            divisor=0,
            valid_from=SINCE,
        )


def _national(model: Any) -> Iterator[Any]:
    for zone, services in tariff_zones.NATIONAL.items():
        for service, (first, following, shortest, longest) in services.items():
            yield model(
                courier="jne",
                courier_name="JNE",
                service=service,
                service_name=tariff_zones.SERVICE_NAMES[service],
                scope="nasional",
                zone_from="32.16",
                zone_to=zone,
                first_kg=first,
                next_kg=following,
                min_days=shortest,
                max_days=longest,
                divisor=6000,
                valid_from=SINCE,
            )
