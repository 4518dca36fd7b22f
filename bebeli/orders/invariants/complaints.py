"""Invariants of buyers' complaints."""

from bebeli.orders.invariants.types import Invariant

OPEN = "('asked', 'offered', 'refused', 'return_asked', 'returning', 'resent', 'officer')"

COMPLAINTS = (
    Invariant(
        "I48",
        "a disputed order has an open complaint, and an open complaint is about a disputed or a completed order",
        f"""
        SELECT o.code, 'disputed without an open complaint' FROM orders_order o
        WHERE o.status = 'disputed'
            AND NOT EXISTS (SELECT FROM orders_complaint c WHERE c.order_id = o.id AND c.state IN {OPEN})
        UNION ALL
        SELECT o.code || '-k' || c.number, c.state || ' while the order is ' || o.status
        FROM orders_complaint c JOIN orders_order o ON o.id = c.order_id
        WHERE c.state IN {OPEN} AND o.status NOT IN ('disputed', 'completed')
        """,
    ),
    Invariant(
        "I49",
        "an ended complaint gives back exactly what its refund takes of the order, by line where an officer said so",
        """
        SELECT o.code || '-k' || c.number, c.state || ' with ' || coalesce(c.amount, 0) || ', refund ' || coalesce(r.face, 0)
        FROM orders_complaint c JOIN orders_order o ON o.id = c.order_id LEFT JOIN orders_refund r ON r.id = c.refund_id
        WHERE coalesce(c.amount, 0) <> coalesce(r.face, 0) OR r.order_id <> c.order_id
            OR (r.id IS NOT NULL AND c.state NOT IN ('settled', 'decided'))
        UNION ALL
        SELECT o.code || '-k' || c.number, 'lines give ' || sum(l.amount) || ' of ' || coalesce(c.amount, 0)
        FROM orders_complaint c JOIN orders_order o ON o.id = c.order_id
        JOIN orders_complaintline l ON l.complaint_id = c.id AND l.amount IS NOT NULL
        GROUP BY o.code, c.id HAVING sum(l.amount) <> coalesce(c.amount, 0)
        UNION ALL
        SELECT r.key, 'failed, and nobody carries it on'
        FROM orders_complaint c JOIN orders_refund r ON r.id = c.refund_id
        JOIN orders_paymentattempt a ON a.id = r.attempt_id
        WHERE r.state = 'failed' AND a.status <> 'reversed'
            AND NOT EXISTS (SELECT FROM orders_refund n WHERE n.origin_id = r.id AND n.state <> 'failed')
        """,
    ),
    Invariant(
        "I53",
        "whose turn it is has a deadline, and ten minutes past it an officer has the complaint",
        f"""
        SELECT o.code || '-k' || c.number, c.state || coalesce(' since ' || c.answer_by, ' without a deadline')
        FROM orders_complaint c JOIN orders_order o ON o.id = c.order_id
        WHERE c.state IN {OPEN} AND c.state <> 'officer'
            AND (c.answer_by IS NULL OR c.answer_by < %(now)s - interval '10 minutes')
        UNION ALL
        SELECT o.code || '-k' || c.number, 'with an officer since nobody knows when'
        FROM orders_complaint c JOIN orders_order o ON o.id = c.order_id
        WHERE c.state = 'officer' AND c.escalated_at IS NULL
        """,
    ),
)
