"""What bringing a parcel costs."""

from __future__ import annotations

import pytest

from bebeli.orders.shipping import Destination, Origin, Parcel, Tariffs, chargeable_kg, quote
from bebeli.orders.shipping.types import Rate

LOCAL = Rate("Kurir", "Antar", 8_000, 2_000, 1, 2, 0)
REG = Rate("JNE", "Reguler", 11_000, 9_000, 1, 3, 6000)
TARIFFS = Tariffs({("A", "B"): LOCAL}, {("REG", "jabodetabek"): REG, ("REG", "jawa"): REG})
HERE = Destination(is_in_bekasi=True, zone="B", tariff_zone="jabodetabek")
JAKARTA = Destination(is_in_bekasi=False, zone="", tariff_zone="jabodetabek")
SURABAYA = Destination(is_in_bekasi=False, zone="", tariff_zone="jawa")
ONE = (Parcel(500, (10, 10, 10), 1),)


@pytest.mark.parametrize(
    ("parcels", "tolerance", "kilograms"),
    [
        ((Parcel(1, None, 1),), 0, 1),
        ((Parcel(1000, None, 1),), 0, 1),
        ((Parcel(1001, None, 1),), 0, 2),
        ((Parcel(1300, None, 1),), 300, 1),
        ((Parcel(1301, None, 1),), 300, 2),
        ((Parcel(100, (40, 30, 20), 1),), 0, 4),
        ((Parcel(100, (40, 30, 20), 2),), 0, 8),
        ((Parcel(600, None, 3), Parcel(200, None, 1)), 0, 2),
    ],
)
def test_chargeable_weight(parcels: tuple[Parcel, ...], tolerance: int, kilograms: int) -> None:
    assert chargeable_kg(parcels, 6000, tolerance_g=tolerance) == kilograms


def test_a_divisor_of_zero_counts_no_volume() -> None:
    assert chargeable_kg((Parcel(100, (90, 90, 90), 1),), 0) == 1


def codes(destination: Destination, *scopes: str, reach: str = "nasional") -> list[str]:
    return [option.code for option in quote(Origin("A", reach), destination, ONE, scopes, TARIFFS)]


def test_who_can_be_reached() -> None:
    assert codes(HERE, "nasional") == ["pickup", "local", "jne_reg"]
    assert codes(JAKARTA, "nasional") == ["pickup", "jne_reg"]
    assert codes(SURABAYA, "nasional") == ["jne_reg"]
    assert codes(SURABAYA, "nasional", "jabodetabek") == []
    assert codes(JAKARTA, "kabupaten") == []
    assert codes(HERE, "kabupaten") == ["pickup", "local"]
    assert codes(SURABAYA, "nasional", reach="kabupaten") == []
    assert codes(SURABAYA, "daring") == ["none"]
    assert codes(SURABAYA, "daring", "nasional") == ["jne_reg"]


def test_prices() -> None:
    options = {
        option.code: option for option in quote(Origin("A", "nasional"), HERE, (Parcel(2500, None, 1),), ["nasional"], TARIFFS)
    }
    assert (options["pickup"].price, options["local"].price, options["jne_reg"].price) == (0, 12_000, 29_000)
