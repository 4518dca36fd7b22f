"""Invariants of what the provider gave out without us."""

from bebeli.orders.invariants.types import Invariant

OUTSIDES = (
    Invariant(
        "I69",
        "what went out at the provider without us is in the books once: refunds of that payment, and what no order has to bear",
        """
        SELECT a.code || ' ' || x.key, x.state || ' of ' || coalesce(x.amount::text, 'an unknown amount') || ', placed '
            || coalesce(r.placed, 0) + x.unplaced || ', booked as nobody''s ' || coalesce(e.booked, 0)
        FROM orders_outsiderefund x JOIN orders_paymentattempt a ON a.id = x.attempt_id
        LEFT JOIN LATERAL (SELECT sum(amount) FILTER (WHERE state <> 'failed') AS placed,
                bool_or(attempt_id <> x.attempt_id OR channel <> 'provider') AS is_anothers
            FROM orders_refund WHERE outside_id = x.id) r ON true
        LEFT JOIN LATERAL (SELECT sum(p.amount) AS booked FROM orders_entry e JOIN orders_posting p ON p.entry_id = e.id
            JOIN orders_account k ON k.id = p.account_id AND k.kind = 'unallocated'
            WHERE e.idem_key = 'outside:' || x.id || ':unplaced') e ON true
        WHERE x.unplaced <> coalesce(e.booked, 0) OR r.is_anothers
            OR coalesce(r.placed, 0) + x.unplaced > coalesce(x.amount, 0)
            OR (x.state = 'placed' AND a.status = 'settled' AND coalesce(r.placed, 0) + x.unplaced <> x.amount)
        """,
    ),
    Invariant(
        "I70",
        "what went out at the provider without us is decided within three days",
        """
        SELECT a.code || ' ' || x.key, 'open since ' || x.found_at
        FROM orders_outsiderefund x JOIN orders_paymentattempt a ON a.id = x.attempt_id
        WHERE x.state = 'open' AND x.found_at < %(now)s - interval '3 days'
        """,
    ),
)
