"""Invariants of what comes in from the provider and what goes out to people."""

from bebeli.orders.invariants.types import Invariant, fresh

MESSAGES = (
    Invariant(
        "I24",
        "a rightly signed callback is understood within five minutes of its turn",
        """
        SELECT c.id::text, c.state || ' since ' || c.received_at FROM orders_callback c
        WHERE c.is_signed AND (
            (c.state = 'received' AND c.received_at < %(now)s - interval '5 minutes')
            OR (c.state = 'failed' AND c.next_at < %(now)s - interval '5 minutes'))
        """,
    ),
    Invariant(
        "I25",
        "a wrongly signed callback has no effect",
        """
        SELECT c.id::text, c.state FROM orders_callback c
        WHERE NOT c.is_signed AND (c.attempt_id IS NOT NULL OR c.state <> 'rejected')
        """,
    ),
    Invariant(
        "I26",
        "no notice is fifteen minutes past due",
        """
        SELECT n.dedup_key, 'due ' || n.next_at FROM notices_notice n
        WHERE n.state = 'pending' AND n.next_at < %(now)s - interval '15 minutes'
        """,
    ),
    Invariant(
        "I27",
        "a paid order's maker and buyer have their notices",
        f"""
        SELECT o.code, 'maker not told' FROM orders_order o
        WHERE o.paid_at IS NOT NULL AND {fresh("o", "orders_order", "paid_at")}
            AND NOT EXISTS (SELECT FROM notices_notice n WHERE n.ref = o.code AND n.kind = 'orders.new')
        UNION ALL
        SELECT u.code, 'buyer not told' FROM orders_purchase u
        WHERE u.paid_at IS NOT NULL AND {fresh("u", "orders_purchase", "paid_at")}
            AND NOT EXISTS (SELECT FROM notices_notice n WHERE n.ref = u.code AND n.kind = 'orders.paid')
        """,
    ),
)
