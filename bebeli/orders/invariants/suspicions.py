"""Invariants of suspect payments."""

from bebeli.orders.invariants.types import Invariant

SUSPICIONS = (
    Invariant(
        "I55",
        "a suspect payment has its open case: what the provider said, or a proof of another amount",
        """
        SELECT u.code, 'suspect without a case' FROM orders_payment y JOIN orders_purchase u ON u.id = y.purchase_id
        WHERE y.status = 'suspect' AND NOT EXISTS (
            SELECT FROM orders_paymentattempt a WHERE a.payment_id = y.id AND (
                EXISTS (SELECT FROM orders_suspicion s WHERE s.attempt_id = a.id AND s.state = 'open')
                OR EXISTS (SELECT FROM orders_transferproof p WHERE p.attempt_id = a.id AND p.state IN ('waiting', 'mismatch'))))
        """,
    ),
    Invariant(
        "I56",
        "a suspect payment is decided within three days",
        """
        SELECT a.code, 'open since ' || s.found_at FROM orders_suspicion s JOIN orders_paymentattempt a ON a.id = s.attempt_id
        WHERE s.state = 'open' AND s.found_at < %(now)s - interval '3 days'
        """,
    ),
    Invariant(
        "I57",
        "what was given back of a suspect payment is the rupiah that the provider said had come to us, booked once",
        """
        SELECT a.code, s.amount || ' ' || s.currency || ' said, ' || coalesce(c.gross::text, 'nothing') || ' booked'
        FROM orders_suspicion s JOIN orders_paymentattempt a ON a.id = s.attempt_id
        LEFT JOIN orders_paymentattempt c ON c.id = s.came_id
        WHERE s.state = 'returned' AND (
            c.id IS NULL OR NOT c.is_unallocated OR c.gross <> s.amount OR s.currency <> 'IDR' OR NOT (s.is_ours AND s.is_success)
            OR 1 <> (SELECT count(*) FROM orders_entry e WHERE e.attempt_id = c.id AND e.kind = 'unallocated'))
        """,
    ),
)
