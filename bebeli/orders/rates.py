"""The rates that hold today, from dated rows."""

from __future__ import annotations

from datetime import date

from bebeli.orders.models import Rate
from bebeli.orders.totals import Rates


def on(day: date) -> Rates:
    """Return the rates of a day: of each kind the newest row that has begun; without a row it is zero."""
    begun = Rate.objects.filter(valid_from__lte=day).order_by("kind", "-valid_from").distinct("kind")
    values = dict(begun.values_list("kind", "value"))
    return Rates(
        commission_bp=values.get(Rate.Kind.COMMISSION, 0),
        vat_bp=values.get(Rate.Kind.VAT, 0),
        income_tax_bp=values.get(Rate.Kind.INCOME_TAX, 0),
        service_fee=values.get(Rate.Kind.SERVICE_FEE, 0),
    )
