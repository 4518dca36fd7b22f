"""Vouchers for tests, by the real verbs."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from bebeli.accounts.models import Appointment, User
from bebeli.kit import clock
from bebeli.sellers.models import Seller
from bebeli.vouchers.actions.make_voucher import make_sellers_voucher, make_voucher
from bebeli.vouchers.models import Voucher
from bebeli.vouchers.terms import Terms
from tests import world

_serial = itertools.count(1)


def officer() -> User:
    """A person of the Dinas."""
    made = world.user()
    Appointment.objects.create(user=made, role="officer")
    return made


def terms(**fields: Any) -> Terms:
    """Rp10.000 off from Rp20.000 on, by the regency, for three days, once a person."""
    now = clock.now()
    values: dict[str, Any] = {
        "code": f"UJI{next(_serial):04d}",
        "name_id": "Voucher uji",
        "payer": "regency",
        "kind": "amount",
        "starts_at": now - timedelta(hours=1),
        "ends_at": now + timedelta(days=3),
        "min_purchase": 20_000,
        "budget": 1_000_000,
    }
    if fields.get("kind", "amount") == "amount":
        values["amount"] = 10_000
    return Terms(**{**values, **fields})


def voucher(**fields: Any) -> Voucher:
    """One that the house pays."""
    return make_voucher(terms(**fields), world.finance().pk)


def own(stall: Seller, **fields: Any) -> Voucher:
    """One that a stall pays: Rp5.000 off."""
    said = {"amount": 5_000, "budget": None, **fields} if fields.get("kind", "amount") == "amount" else {"budget": None, **fields}
    return make_sellers_voucher(terms(**said), stall.pk, world.owner(stall))


def fresh(made: Voucher) -> tuple[int, int]:
    """How often it was used and what it cost, now."""
    made.refresh_from_db()
    return made.used, made.spent
