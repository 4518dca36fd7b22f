"""Documents that are due and not written yet."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from bebeli.kit import clock
from bebeli.kit.sweeping import each
from bebeli.orders.actions.issue_documents import issue_documents
from bebeli.orders.actions.issue_statement import issue_statement
from bebeli.orders.models import Order, Purchase, Refund

SETTLING = timedelta(hours=1)  # after a month's end, so that nothing of it is still on its way into the books

# a statement comes with its slip of fees, but for those from before there were slips
UNSTATED = """
SELECT due.seller_id, due.month FROM (
    SELECT o.seller_id, date_trunc('month', e.at AT TIME ZONE 'Asia/Jakarta')::date AS month
    FROM orders_entry e JOIN orders_order o ON o.id = e.order_id LEFT JOIN orders_refund r ON r.id = e.refund_id
    WHERE (e.kind = 'completed' OR (e.kind = 'refunded' AND r.is_earned)) AND e.at < %(before)s
    UNION
    SELECT o.seller_id, date_trunc('month', e.at AT TIME ZONE 'Asia/Jakarta')::date
    FROM orders_entry e JOIN orders_order o ON o.purchase_id = e.purchase_id
    JOIN orders_entry c ON c.order_id = o.id AND c.kind = 'completed' AND c.id < e.id
    WHERE e.kind IN ('reversed', 'restored') AND e.at < %(before)s
    UNION
    SELECT a.seller_id, date_trunc('month', e.at AT TIME ZONE 'Asia/Jakarta')::date
    FROM orders_account a JOIN orders_posting p ON p.account_id = a.id JOIN orders_entry e ON e.id = p.entry_id
    WHERE e.at < %(before)s AND (a.kind = 'seller_receivable'
        OR (a.kind = 'seller_payable' AND e.kind IN ('refunded', 'payout_owed', 'payout_unpaid')))
    EXCEPT SELECT seller_id, month FROM orders_document WHERE kind = 'fee_slip'
) due ORDER BY due.month, due.seller_id LIMIT %(limit)s
"""


def issue_due(limit: int = 100) -> int:
    """Issue what paid and fallen orders, parts of them and service fees lack, the oldest first; returns how many were seen to."""
    orders = list(Order.objects.to_document().order_by("paid_at", "pk").values_list("pk", flat=True)[:limit])
    parts = Refund.objects.to_credit().order_by("requested_at", "pk").values_list("order_id", flat=True)[:limit]
    return each(dict.fromkeys([*orders, *(pk for pk in parts if pk is not None), *_of_fees(limit)]), issue_documents)


def _of_fees(limit: int) -> list[int]:
    """Return an order of each purchase whose fee has no receipt yet though its orders have theirs."""
    first = Order.objects.filter(purchase=OuterRef("pk")).order_by("pk").values("pk")[:1]
    rows = Purchase.objects.to_document().order_by("paid_at", "pk").annotate(first=Subquery(first))
    return list(rows.values_list("first", flat=True)[:limit])


def issue_statements_due(limit: int = 100) -> int:
    """Issue the statements of months that have ended, and the slips that older ones lack; returns how many were seen to."""
    return each(_unstated(limit), lambda due: issue_statement(*due))


def _unstated(limit: int) -> list[tuple[int, date]]:
    ended = timezone.localtime(clock.now() - SETTLING).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(UNSTATED, {"before": ended, "limit": limit})
        return list(cursor.fetchall())
