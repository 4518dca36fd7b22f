"""Invariants of what sellers have earned, and of its way to them."""

from bebeli.orders.invariants.types import Invariant

PAYOUTS = (
    Invariant(
        "I21",
        "a seller's payable is the net of its completed orders, less refunds after that, its payouts and what it owed",
        """
        SELECT s.slug, 'payable ' || coalesce(a.payable, 0) || ' is not ' || coalesce(o.net, 0) || ' - '
            || coalesce(b.taken, 0) || ' - ' || coalesce(y.paid, 0) || ' - ' || coalesce(d.settled, 0)
        FROM sellers_seller s
        LEFT JOIN (SELECT seller_id, -balance AS payable FROM orders_account WHERE kind = 'seller_payable') a
            ON a.seller_id = s.id
        LEFT JOIN (
            SELECT o.seller_id, sum(greatest(o.total - o.commission - o.commission_vat - o.income_tax
                - CASE WHEN o.shipping_paid_by = 'platform' THEN o.shipping_price ELSE 0 END - coalesce(r.before, 0), 0)) AS net
            FROM orders_order o LEFT JOIN (
                SELECT order_id, sum(face - commission - commission_vat - income_tax) AS before FROM orders_refund
                WHERE origin_id IS NULL AND NOT is_earned GROUP BY order_id) r ON r.order_id = o.id
            WHERE o.status = 'completed' GROUP BY o.seller_id) o ON o.seller_id = s.id
        LEFT JOIN (
            SELECT o.seller_id, sum(r.face - r.commission - r.commission_vat - r.income_tax - r.owed) AS taken
            FROM orders_refund r JOIN orders_order o ON o.id = r.order_id
            WHERE r.is_earned AND r.origin_id IS NULL GROUP BY o.seller_id) b ON b.seller_id = s.id
        LEFT JOIN (
            SELECT seller_id, sum(amount - owed) AS paid FROM orders_payout
            WHERE state NOT IN ('failed', 'rejected', 'bounced') OR (owed_at IS NOT NULL AND unpaid_at IS NULL)
            GROUP BY seller_id) y ON y.seller_id = s.id
        LEFT JOIN (
            SELECT c.seller_id, sum(-p.amount) AS settled FROM orders_posting p
            JOIN orders_entry e ON e.id = p.entry_id AND e.kind = 'debt_settled'
            JOIN orders_account c ON c.id = p.account_id AND c.kind = 'seller_receivable' GROUP BY c.seller_id) d
            ON d.seller_id = s.id
        WHERE coalesce(a.payable, 0) <> coalesce(o.net, 0) - coalesce(b.taken, 0) - coalesce(y.paid, 0) - coalesce(d.settled, 0)
        """,
    ),
    Invariant(
        "I22",
        "a payout has one request entry of its amount, and one for its end; it was approved by as many as it needed",
        """
        SELECT y.id::text, y.state || ' with ' || count(p.id) || ' request entries of ' || coalesce(sum(p.amount), 0)
        FROM orders_payout y LEFT JOIN orders_entry e ON e.payout_id = y.id AND e.kind = 'payout_requested'
        LEFT JOIN orders_posting p ON p.entry_id = e.id
            AND p.account_id IN (SELECT id FROM orders_account WHERE kind = 'seller_payable' AND seller_id = y.seller_id)
        GROUP BY y.id HAVING count(p.id) <> 1 OR sum(p.amount) <> y.amount
        UNION ALL
        SELECT y.id::text, y.state || ' without its entry' FROM orders_payout y
        WHERE y.state NOT IN ('requested', 'approved', 'sent', 'unknown') AND NOT EXISTS (
            SELECT FROM orders_entry e WHERE e.payout_id = y.id
                AND e.kind = CASE y.state WHEN 'completed' THEN 'payout_completed' ELSE 'payout_returned' END)
        UNION ALL
        SELECT y.id::text, y.state || ' with ' || count(v.id) || ' of ' || y.approvals_needed || ' approvals'
        FROM orders_payout y LEFT JOIN orders_payoutapproval v ON v.payout_id = y.id
        WHERE y.state IN ('approved', 'sent', 'unknown', 'completed', 'bounced')
        GROUP BY y.id HAVING count(v.id) < y.approvals_needed
        """,
    ),
    Invariant(
        "I23",
        "what is on its way to a seller is the sum of its payouts under way",
        """
        SELECT s.slug, 'pending ' || coalesce(a.pending, 0) || ' is not ' || coalesce(y.open, 0)
        FROM sellers_seller s
        LEFT JOIN (SELECT seller_id, -balance AS pending FROM orders_account WHERE kind = 'payout_pending') a
            ON a.seller_id = s.id
        LEFT JOIN (
            SELECT seller_id, sum(amount) AS open FROM orders_payout
            WHERE state IN ('requested', 'approved', 'sent', 'unknown') GROUP BY seller_id) y ON y.seller_id = s.id
        WHERE coalesce(a.pending, 0) <> coalesce(y.open, 0)
        """,
    ),
    Invariant(
        "I65",
        "a payout that arrived after it was given back is booked within a day, once, over its amount and what became a debt",
        """
        SELECT y.id::text, 'arrived ' || y.paid_after_at || ' and is not booked' FROM orders_payout y
        WHERE y.paid_after_at < %(now)s - interval '1 day' AND y.owed_at IS NULL
        UNION ALL
        SELECT coalesce(y.id, b.payout_id)::text, 'booked ' || coalesce(b.gone, 0) || ', of that a debt of '
            || coalesce(b.owed, 0) || ', owed ' || coalesce(y.amount, 0) || ' and ' || coalesce(y.owed, 0)
        FROM (SELECT id, amount, owed FROM orders_payout
              WHERE paid_after_at IS NOT NULL AND owed_at IS NOT NULL AND unpaid_at IS NULL) y
        FULL JOIN (
            SELECT e.payout_id, sum(-p.amount) FILTER (WHERE a.kind = 'bank') AS gone,
                sum(p.amount) FILTER (WHERE a.kind = 'seller_receivable') AS owed
            FROM orders_entry e JOIN orders_posting p ON p.entry_id = e.id JOIN orders_account a ON a.id = p.account_id
            WHERE e.payout_id IS NOT NULL AND e.kind IN ('payout_owed', 'payout_unpaid') GROUP BY e.payout_id) b
            ON b.payout_id = y.id
        WHERE coalesce(b.gone, 0) <> coalesce(y.amount, 0) OR coalesce(b.owed, 0) <> coalesce(y.owed, 0)
        """,
    ),
)
