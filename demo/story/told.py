"""What the story is told from: files beside this one."""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
MEDIA = HERE / "pictures"
TIMES = re.compile(r"\b[Ii]si (\d+)|(\d+) (?:pouch|toples|botol|kotak|pak|kg)\b")


@cache
def catalog() -> dict[str, Any]:
    """The categories, sellers and products."""
    told: dict[str, Any] = json.loads((HERE / "catalog.json").read_text(encoding="utf-8"))
    return told


@cache
def pictures() -> dict[str, dict[str, Any]]:
    """The drawn pictures by what they show."""
    drawn: dict[str, dict[str, Any]] = json.loads((HERE / "pictures.json").read_text(encoding="utf-8"))
    return drawn


def digest(name: str) -> str:
    """Return the digest of a drawn picture; an unknown one shows the lotus."""
    found = pictures().get(name) or pictures()["cat:other"]
    return str(found["digest"])


def agencies() -> list[dict[str, str]]:
    """The regency's agencies."""
    with (HERE / "agencies.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def times(product: dict[str, Any], variant: dict[str, Any]) -> int:
    """Return how many of the product's units a variant holds: `Isi 3 pouch` weighs thrice."""
    if not product["price"]:
        return 1
    ratio = variant["price"] / product["price"]
    named = [
        int(number) for text in variant["options"].values() for pair in TIMES.findall(str(text)) for number in pair if number
    ]
    return next((number for number in named if 0.55 * number <= ratio <= 1.2 * number), max(round(ratio), 1))
