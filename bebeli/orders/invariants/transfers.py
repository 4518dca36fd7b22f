"""Invariants of transfers to our own bank account."""

from bebeli.orders.invariants.types import Invariant

TRANSFERS = (
    Invariant(
        "I32",
        "a transfer pays by a proof that a person accepted for the very amount, and such a proof has its money",
        """
        SELECT a.code, 'settled without its proof' FROM orders_paymentattempt a
        WHERE a.method = 'manual_transfer' AND a.status = 'settled' AND NOT a.is_unallocated AND NOT EXISTS (
            SELECT FROM orders_transferproof p
            WHERE p.attempt_id = a.id AND p.state = 'accepted' AND p.amount_seen = a.gross AND p.decided_by_id IS NOT NULL)
        UNION ALL
        SELECT a.code, 'accepted while ' || a.status FROM orders_transferproof p
            JOIN orders_paymentattempt a ON a.id = p.attempt_id
        WHERE p.state = 'accepted' AND (a.status <> 'settled' OR p.amount_seen <> a.gross)
        """,
    ),
    Invariant(
        "I33",
        "a proof waits for an answer that can still be given, and no longer than three days",
        """
        SELECT a.code, 'waits since ' || p.uploaded_at || ' while ' || a.status FROM orders_transferproof p
        JOIN orders_paymentattempt a ON a.id = p.attempt_id
        WHERE p.state IN ('waiting', 'mismatch')
            AND (a.status <> 'pending' OR p.uploaded_at < %(now)s - interval '3 days')
        """,
    ),
)
