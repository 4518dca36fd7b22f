"""Invariants of purchases, payments and their attempts."""

from bebeli.orders.invariants.types import Invariant, fresh, turn

PAYMENTS = (
    Invariant(
        "I07",
        "a successful attempt has its settlement entry",
        f"""
        SELECT 'all', a.many || ' successes with ' || e.many || ' settlements'
        FROM (SELECT count(*) AS many FROM orders_paymentattempt WHERE status IN ('settled', 'reversed')) a,
             (SELECT count(*) AS many FROM orders_entry WHERE kind IN ('settled', 'unallocated')) e
        WHERE a.many <> e.many
        UNION ALL
        SELECT a.code, a.status FROM orders_paymentattempt a
        WHERE {fresh("a", "orders_paymentattempt", "settled_at")} AND a.status IN ('settled', 'reversed') AND NOT EXISTS (
            SELECT FROM orders_entry e WHERE e.attempt_id = a.id
                AND e.kind = CASE WHEN a.is_unallocated THEN 'unallocated' ELSE 'settled' END)
        """,
    ),
    Invariant(
        "I08",
        "a settlement entry has its successful attempt",
        f"""
        SELECT e.idem_key, coalesce(a.status, 'no attempt') FROM orders_entry e
        LEFT JOIN orders_paymentattempt a ON a.id = e.attempt_id
        WHERE {turn("e", "orders_entry")} AND e.kind IN ('settled', 'unallocated')
            AND coalesce(a.status, '') NOT IN ('settled', 'reversed')
        """,
    ),
    Invariant(
        "I09",
        "what a settlement puts into the gateway is the attempt's gross",
        f"""
        SELECT e.idem_key, coalesce(p.came, 0) || ' is not ' || a.gross
        FROM orders_entry e JOIN orders_paymentattempt a ON a.id = e.attempt_id
        LEFT JOIN LATERAL (
            SELECT sum(amount) AS came FROM orders_posting WHERE entry_id = e.id
                AND account_id IN (SELECT id FROM orders_account WHERE kind IN ('gateway', 'bank'))) p ON true
        WHERE e.kind IN ('settled', 'unallocated') AND {turn("e", "orders_entry")} AND coalesce(p.came, 0) <> a.gross
        """,
    ),
    Invariant(
        "I10",
        "a purchase is the sum of its orders and fee, and its payment's amount",
        f"""
        SELECT u.code, u.total || ' is not ' || coalesce(o.total, 0) + u.service_fee || ' or not ' || y.amount
        FROM orders_purchase u JOIN orders_payment y ON y.purchase_id = u.id
        LEFT JOIN LATERAL (
            SELECT sum(total - platform_discount) AS total FROM orders_order WHERE purchase_id = u.id) o ON true
        WHERE {turn("u", "orders_purchase")} AND (u.total <> coalesce(o.total, 0) + u.service_fee OR u.total <> y.amount)
        """,
    ),
    Invariant(
        "I11",
        "a payment has at most one success that pays for it",
        """
        SELECT payment_id::text, count(*) || ' successes' FROM orders_paymentattempt
        WHERE status = 'settled' AND NOT is_unallocated GROUP BY payment_id HAVING count(*) > 1
        """,
    ),
    Invariant(
        "I28",
        "a paid order's payment has a successful attempt",
        f"""
        SELECT o.code, o.status FROM orders_order o JOIN orders_payment y ON y.purchase_id = o.purchase_id
        WHERE {fresh("o", "orders_order", "paid_at")}
            AND o.status IN ('paid', 'processing', 'shipped', 'delivered', 'completed', 'disputed', 'refunded')
            AND NOT EXISTS (
                SELECT FROM orders_paymentattempt a
                WHERE a.payment_id = y.id AND a.status IN ('settled', 'reversed') AND NOT a.is_unallocated)
        """,
    ),
    Invariant(
        "I29",
        "an attempt stands no lower than its own events say",
        """
        SELECT DISTINCT a.code, a.rank || ' is below its events'' rank'
        FROM orders_paymentattempt a JOIN orders_attemptevent v ON v.attempt_id = a.id AND v.rank > a.rank
        WHERE a.status <> 'reversed'
        """,
    ),
)
