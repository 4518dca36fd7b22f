"""What the shop takes in the story: the buyer's service fee, the makers' commission with its PPN, and PPh 22."""

from __future__ import annotations

from datetime import date

from bebeli.orders.models import Rate

K = Rate.Kind
VALUES = {K.SERVICE_FEE: 2_000, K.COMMISSION: 500, K.VAT: 1100, K.COLLECT: 1, K.INCOME_TAX: 50}


def fixed(day: date) -> None:
    """Let them hold from a day on, so that the whole month was sold under them."""
    Rate.objects.bulk_create([Rate(kind=kind, value=value, valid_from=day) for kind, value in VALUES.items()])
