"""Counts what really sold and pushes it down to the shelf."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from bebeli.catalog.models import Figure
from bebeli.kit import clock

COUNT = """
WITH counted AS (
    SELECT v.product_id AS id, sum(l.quantity) AS sold, count(DISTINCT o.id) AS orders,
        coalesce(sum(l.quantity) FILTER (WHERE o.paid_at > %(since)s), 0) AS recent
    FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id JOIN catalog_variant v ON v.id = l.variant_id
    WHERE o.status IN ('delivered', 'completed') GROUP BY v.product_id
), written AS (
    INSERT INTO catalog_productstanding
        (product_id, sold, sold_30_days, orders, rating_sum, rating_count, counted_at)
    SELECT id, sold, recent, orders, 0, 0, %(now)s FROM counted
    ON CONFLICT (product_id) DO UPDATE SET sold = excluded.sold, sold_30_days = excluded.sold_30_days,
        orders = excluded.orders, counted_at = excluded.counted_at
    WHERE (catalog_productstanding.sold, catalog_productstanding.sold_30_days, catalog_productstanding.orders)
        IS DISTINCT FROM (excluded.sold, excluded.sold_30_days, excluded.orders)
)
UPDATE catalog_product p SET popularity = counted.recent * 10 + least(counted.sold, 1000)
FROM counted WHERE counted.id = p.id AND p.popularity <> counted.recent * 10 + least(counted.sold, 1000)
"""


RECEIVED = """
INSERT INTO catalog_figure (name, value, counted_at)
SELECT %(name)s, coalesce(-sum(p.amount), 0), %(now)s
FROM orders_entry e JOIN orders_posting p ON p.entry_id = e.id JOIN orders_account a ON a.id = p.account_id
WHERE e.kind = 'completed' AND e.at >= %(since)s AND a.kind = 'seller_payable'
ON CONFLICT (name) DO UPDATE SET value = excluded.value, counted_at = excluded.counted_at
"""


def count() -> None:
    """Count what each product sold, order the shelf by it, and add up what makers received this month."""
    now = clock.now()
    month = timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"now": now, "since": now - timedelta(days=30)})
        cursor.execute(RECEIVED, {"now": now, "since": month, "name": Figure.Name.RECEIVED_BY_MAKERS})
