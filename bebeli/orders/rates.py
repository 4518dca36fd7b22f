"""The rates that hold on a day, from dated rows."""

from __future__ import annotations

from datetime import date

from django.db import connection

from bebeli.orders.models import Purchase, Rate, TaxLetter
from bebeli.orders.totals import Rates

K = Rate.Kind

# Rate.objects.begun in the database's own words, and who is PKP: every checkout asks it
BEGUN = """
(SELECT DISTINCT ON (r.kind, r.seller_id, r.category_id) r.kind, r.seller_id, c.path, r.value
FROM orders_rate r LEFT JOIN catalog_category c ON c.id = r.category_id
WHERE r.withdrawn_at IS NULL AND r.valid_from <= %s
ORDER BY r.kind, r.seller_id, r.category_id, r.valid_from DESC)
UNION ALL
SELECT DISTINCT 'pkp', seller_id, NULL, 0 FROM orders_taxletter WHERE kind = 'pkp' AND %s BETWEEN valid_from AND valid_until
"""


def on(day: date, purse: str = Purchase.Purse.PERSONAL) -> Rates:
    """Return the rates of a day: the newest row of each kind that has begun; without a row it is zero.

    Income tax is collected only while its switch is on: under PMK 58 from an agency's purse, else under PMK 37.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEGUN, [day, day])
        rows = cursor.fetchall()
    values: dict[str, int] = {}
    special: dict[tuple[int | None, str], int] = {}
    taxable: set[int] = set()
    for kind, seller, path, value in rows:
        if kind == TaxLetter.Kind.VAT:
            taxable.add(seller)
        elif seller is None and path is None:
            values[kind] = value
        else:
            special[seller, path or ""] = value
    switch, rate = (K.COLLECT_AGENCY, K.AGENCY_TAX) if purse == Purchase.Purse.AGENCY else (K.COLLECT, K.INCOME_TAX)
    income_tax = values.get(rate, 0) if values.get(switch) else 0
    return Rates(
        commission_bp=values.get(K.COMMISSION, 0),
        vat_bp=values.get(K.VAT, 0),
        income_tax_bp=income_tax,
        service_fee=values.get(K.SERVICE_FEE, 0),
        special=special,
        exempt=_exempt(day, purse) if income_tax else frozenset(),
        goods_vat_bp=values.get(K.GOODS_VAT, 0),
        taxable=frozenset(taxable),
    )


def _exempt(day: date, purse: str) -> frozenset[int]:
    """Return the makers whose letter frees them; the statement of a small turnover does so only under PMK 37."""
    letters = TaxLetter.objects.on(day).exclude(kind=TaxLetter.Kind.VAT)
    if purse == Purchase.Purse.AGENCY:
        letters = letters.filter(kind=TaxLetter.Kind.EXEMPTION)
    return frozenset(letters.values_list("seller_id", flat=True))
