"""Buyers with an address each, and sellers with their owners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from bebeli.accounts.models import Address, Consent, User
from bebeli.sellers.models import Membership, Paper, Seller
from demo.accounts import PASSWORD
from demo.load import words
from demo.load.copying import copy, next_ids
from demo.load.plan import BUYER, SELLER, Place, Plan, email, last_number

OPENED = timedelta(days=90)
SIZES = ("mikro", "mikro", "mikro", "kecil", "menengah")


def _users(kind: str, first: int, names: Sequence[str], password: str, joined: datetime) -> list[dict[str, Any]]:
    """Write people who can log in, and return their rows."""
    ids = next_ids(User, len(names))
    rows = [
        {
            "id": next(ids),
            "email": email(kind, number),
            "name": name,
            "password": password,
            "phone": f"+62811{number:07d}",
            "is_demo": True,
            "date_joined": joined,
        }
        for number, name in enumerate(names, start=first)
    ]
    copy(User, rows)
    copy(
        EmailAddress,
        ({"user_id": row["id"], "email": row["email"], "verified": True, "primary": True} for row in rows),
    )
    return rows


def write_buyers(plan: Plan, villages: Sequence[Place]) -> None:
    """Write the buyers; the password is hashed once for all of them."""
    names = [words.person(plan.dice) for _ in range(plan.buyers)]
    joined = plan.now - OPENED
    rows = _users(BUYER, last_number(BUYER) + 1, names, make_password(PASSWORD), joined)
    copy(
        Consent,
        ({"user_id": row["id"], "purpose": "terms", "version": "2026-11", "given": True, "at": joined} for row in rows),
    )
    copy(Address, list(_addresses(plan, rows, villages)))
    plan.say("pembeli", len(rows))


def _addresses(plan: Plan, rows: Sequence[dict[str, Any]], villages: Sequence[Place]) -> Iterator[dict[str, Any]]:
    for row in rows:
        place = plan.dice.choice(villages)
        yield {
            "user_id": row["id"],
            "label": "Rumah",
            "recipient": row["name"],
            "phone": row["phone"],
            "region_id": place.village,
            "street": _street(plan),
            "postal_code": place.postal_code,
            "is_default": True,
            "created_at": row["date_joined"],
        }


def _street(plan: Plan) -> str:
    dice = plan.dice
    number, rt, rw = dice.randint(1, 180), dice.randint(1, 9), dice.randint(10, 19)
    return f"{dice.choice(words.STREETS)} No. {number}, RT 00{rt}/RW 0{rw}"


def write_sellers(plan: Plan, villages: Sequence[Place]) -> None:
    """Write open stalls, each with an owner, a number of its business and a kecamatan."""
    first = last_number(SELLER) + 1
    owners = [words.person(plan.dice) for _ in range(plan.sellers)]
    opened = plan.now - OPENED
    users = _users(SELLER, first, owners, make_password(PASSWORD), opened)
    ids = next_ids(Seller, len(users))
    rows = [
        {"id": next(ids), **_stall(plan, number, user, plan.dice.choice(villages), opened)}
        for number, user in enumerate(users, start=first)
    ]
    copy(Seller, rows)
    copy(Membership, ({"seller_id": row["id"], "user_id": user["id"]} for row, user in zip(rows, users, strict=True)))
    copy(Paper, ({"seller_id": row["id"], "kind": "nib", "number": row["nib"]} for row in rows))
    plan.say("penjual", len(rows))


def _stall(plan: Plan, number: int, owner: dict[str, Any], place: Place, opened: datetime) -> dict[str, Any]:
    name = words.shop(plan.dice)
    return {
        "slug": f"{name.lower().replace(' ', '-')}-m{number}",
        "name": name,
        "owner_name": owner["name"],
        "status": Seller.Status.OPEN,
        "village_id": place.village,
        "district_id": place.district,
        "street": _street(plan),
        "postal_code": place.postal_code,
        "phone": owner["phone"],
        "email": owner["email"],
        "nib": f"998{number:010d}",
        "kind": "produsen",
        "size": plan.dice.choice(SIZES),
        "since": plan.dice.randint(2008, 2025),
        "badges": ["nib"],
        "story_id": f"{name} dikelola {owner['name']} dan keluarga di {place.district_name}.",
        "opened_at": opened,
        "created_at": opened,
        "is_demo": True,
    }
