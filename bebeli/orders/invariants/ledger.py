"""Invariants of the ledger: entries, accounts, escrow, what sellers and buyers are owed."""

from bebeli.orders.invariants.types import Invariant, turn

OPEN = "('paid', 'processing', 'shipped', 'delivered', 'disputed')"

LEDGER = (
    Invariant(
        "I01",
        "all postings sum to zero",
        "SELECT 'all', sum(amount)::text FROM orders_posting HAVING coalesce(sum(amount), 0) <> 0",
    ),
    Invariant(
        "I02",
        "an entry balances, has two sides or more, and one currency",
        f"""
        SELECT e.idem_key, 'sums to ' || p.total || ' over ' || p.sides || ' sides'
        FROM orders_entry e CROSS JOIN LATERAL (
            SELECT sum(amount) AS total, count(*) AS sides, count(DISTINCT currency) AS currencies
            FROM orders_posting WHERE entry_id = e.id) p
        WHERE {turn("e", "orders_entry")} AND (p.total <> 0 OR p.sides = 1 OR p.currencies > 1)
        """,
    ),
    Invariant(
        "I03",
        "an entry has postings",
        f"""
        SELECT e.idem_key, 'has none' FROM orders_entry e
        WHERE {turn("e", "orders_entry")} AND NOT EXISTS (SELECT FROM orders_posting p WHERE p.entry_id = e.id)
        """,
    ),
    Invariant(
        "I04",
        "a cached balance is the sum of its postings",
        """
        SELECT a.kind || ' ' || coalesce(a.seller_id::text, ''), a.balance || ' is not ' || coalesce(sum(p.amount), 0)
        FROM orders_account a LEFT JOIN orders_posting p ON p.account_id = a.id
        WHERE a.balance IS NOT NULL GROUP BY a.id HAVING a.balance <> coalesce(sum(p.amount), 0)
        """,
    ),
    Invariant(
        "I05",
        "no seller's payable, and no payouts under way, are overdrawn",
        """
        SELECT a.kind || ' ' || a.seller_id, 'balance ' || a.balance FROM orders_account a
        WHERE a.kind IN ('seller_payable', 'payout_pending') AND (a.balance > 0 OR a.balance IS NULL)
        """,
    ),
    Invariant(
        "I06",
        "escrow of an open paid order is what was paid for it and not given back; of any other order zero",
        f"""
        SELECT 'escrow', 'holds ' || p.held || ' of ' || o.due || ' of all open orders'
        FROM (SELECT coalesce(sum(-amount), 0) AS held FROM orders_posting
              WHERE account_id IN (SELECT id FROM orders_account WHERE kind = 'escrow')) p,
             (SELECT coalesce(sum(total - refunded_face), 0) AS due FROM orders_order WHERE status IN {OPEN}) o
        WHERE p.held <> o.due
        UNION ALL
        SELECT o.code, 'escrow ' || p.held || ' while ' || o.status
        FROM orders_order o CROSS JOIN LATERAL (
            SELECT coalesce(sum(-amount), 0) AS held FROM orders_posting
            WHERE order_id = o.id AND account_id IN (SELECT id FROM orders_account WHERE kind = 'escrow')) p
        WHERE {turn("o", "orders_order")}
            AND p.held <> CASE WHEN o.status IN {OPEN} THEN o.total - o.refunded_face ELSE 0 END
        """,
    ),
    Invariant(
        "I64",
        "a courier that we pay is owed the price of every parcel that went, whatever became of its order",
        """
        SELECT o.code, 'courier owed ' || coalesce(c.owed, 0) || ' of ' || o.shipping_price
        FROM orders_order o LEFT JOIN LATERAL (
            SELECT sum(-p.amount) AS owed FROM orders_entry e JOIN orders_posting p ON p.entry_id = e.id
            JOIN orders_account a ON a.id = p.account_id AND a.kind = 'shipping_payable' WHERE e.order_id = o.id) c ON true
        WHERE o.shipping_paid_by = 'platform'
            AND (o.status IN ('completed', 'refunded') OR o.status IN ('held', 'cancelled') AND o.shipped_at IS NOT NULL)
            AND coalesce(c.owed, 0) <> o.shipping_price
        """,
    ),
    Invariant(
        "I12",
        "refunds of an order are at most what its buyer paid",
        """
        SELECT o.code, 'refunds ' || sum(r.amount - r.service_fee)
        FROM orders_order o JOIN orders_refund r ON r.order_id = o.id AND r.state <> 'failed'
        GROUP BY o.id HAVING sum(r.amount - r.service_fee) > o.total - o.platform_discount
        """,
    ),
    Invariant(
        "I13",
        "a promise has its entry over what its refunds add up to, whichever of them carry it on",
        """
        SELECT r.key, r.amount || ' with ' || count(DISTINCT e.id) || ' entries over ' || coalesce(sum(-p.amount), 0)
        FROM (SELECT coalesce(origin_id, id) AS first_id, attempt_id, order_id, sum(amount)::bigint AS amount, min(key) AS key
            FROM orders_refund WHERE state <> 'failed' GROUP BY coalesce(origin_id, id), attempt_id, order_id) r
        LEFT JOIN orders_entry e ON e.refund_id = r.first_id AND e.kind = 'refunded'
            AND e.attempt_id = r.attempt_id AND e.order_id IS NOT DISTINCT FROM r.order_id
        LEFT JOIN orders_posting p ON p.entry_id = e.id
            AND p.account_id IN (SELECT id FROM orders_account WHERE kind = 'refund_payable')
        GROUP BY r.first_id, r.attempt_id, r.order_id, r.amount, r.key
        HAVING count(DISTINCT e.id) <> 1 OR coalesce(sum(-p.amount), 0) <> r.amount
        """,
    ),
    Invariant(
        "I30",
        "money owed back, and money that went out twice, is the sum of its open cases; none waits for too long",
        """
        SELECT 'refund_payable', coalesce(b.owed, 0) || ' is not ' || coalesce(c.cases, 0)
        FROM (SELECT sum(-p.amount) AS owed FROM orders_posting p JOIN orders_account a ON a.id = p.account_id
              WHERE a.kind = 'refund_payable') b,
             (SELECT sum(amount) AS cases FROM orders_refund WHERE state IN ('requested', 'approved', 'sent')) c
        WHERE coalesce(b.owed, 0) <> coalesce(c.cases, 0)
        UNION ALL
        SELECT 'unallocated', 'stands at ' || coalesce(b.out, 0) || ', out twice ' || coalesce(c.cases, 0)
        FROM (SELECT sum(p.amount) AS out FROM orders_posting p JOIN orders_account a ON a.id = p.account_id
              WHERE a.kind = 'unallocated') b,
             (SELECT sum(amount) AS cases FROM orders_doublerefund WHERE state = 'open') c
        WHERE coalesce(b.out, 0) <> coalesce(c.cases, 0)
        UNION ALL
        SELECT t.code, 'out twice since ' || d.opened_at FROM orders_doublerefund d
        JOIN orders_paymentattempt t ON t.id = d.attempt_id
        WHERE d.state = 'open' AND d.opened_at < %(now)s - interval '14 days'
        UNION ALL
        SELECT r.key, 'open since ' || r.requested_at FROM orders_refund r
        WHERE r.state IN ('requested', 'approved', 'sent') AND r.requested_at < %(now)s - interval '24 hours'
            AND (r.channel = 'provider' OR r.account_number <> '')
        """,
    ),
    Invariant(
        "I31",
        "a reversing entry is the exact negation of the one it reverses",
        """
        SELECT e.idem_key, 'differs from ' || o.idem_key
        FROM orders_entry e JOIN orders_entry o ON o.id = e.reverses_id
        WHERE EXISTS (
            SELECT FROM orders_posting p WHERE p.entry_id IN (e.id, o.id)
            GROUP BY p.account_id, p.order_id HAVING sum(p.amount) <> 0)
        """,
    ),
)
