"""Invariants of stock."""

from bebeli.orders.invariants.types import Invariant

SHELF = (
    Invariant(
        "I14",
        "what is on hand is the sum of its movements",
        """
        SELECT v.sku, v.on_hand || ' is not ' || coalesce(m.moved, 0) FROM catalog_variant v
        LEFT JOIN (SELECT variant_id, sum(delta) AS moved FROM catalog_stockmovement GROUP BY variant_id) m
            ON m.variant_id = v.id
        WHERE v.on_hand <> coalesce(m.moved, 0)
        """,
    ),
    Invariant(
        "I15",
        "what is reserved is the sum of what is held",
        """
        SELECT v.sku, v.reserved || ' is not ' || coalesce(r.held, 0) FROM catalog_variant v
        LEFT JOIN (SELECT variant_id, sum(quantity) AS held FROM catalog_reservation WHERE state = 'held'
            GROUP BY variant_id) r ON r.variant_id = v.id
        WHERE v.reserved <> coalesce(r.held, 0)
        """,
    ),
    Invariant(
        "I16",
        "stock is never below zero nor over-promised",
        """
        SELECT sku, on_hand || ' on hand, ' || reserved || ' reserved' FROM catalog_variant
        WHERE on_hand < 0 OR reserved < 0 OR reserved > on_hand
        """,
    ),
    Invariant(
        "I17",
        "nothing is held ten minutes past its end, unless finance must still decide about its payment",
        """
        SELECT r.ref, 'held until ' || r.until FROM catalog_reservation r
        WHERE r.state = 'held' AND r.until < %(now)s - interval '10 minutes'
            AND NOT EXISTS (
                SELECT FROM orders_order o JOIN orders_payment y ON y.purchase_id = o.purchase_id
                JOIN orders_paymentattempt a ON a.payment_id = y.id
                LEFT JOIN orders_transferproof p ON p.attempt_id = a.id AND p.state IN ('waiting', 'mismatch')
                LEFT JOIN orders_suspicion s ON s.attempt_id = a.id AND s.state = 'open'
                WHERE o.code = r.ref AND (p.id IS NOT NULL OR s.id IS NOT NULL))
        """,
    ),
    Invariant(
        "I18",
        "a line of a paid order has exactly one sale of its quantity",
        """
        SELECT o.code || ' ' || l.sku, 'sold ' || coalesce(m.sold, 0) || ' in ' || coalesce(m.sales, 0)
        FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id
        LEFT JOIN (
            SELECT ref, variant_id, sum(-delta) AS sold, count(*) AS sales FROM catalog_stockmovement
            WHERE kind = 'sale' GROUP BY ref, variant_id) m ON m.ref = o.code AND m.variant_id = l.variant_id
        WHERE o.paid_at IS NOT NULL AND (coalesce(m.sales, 0) <> 1 OR m.sold <> l.quantity)
        """,
    ),
    Invariant(
        "I19",
        "a fallen order's movements cancel out",
        """
        SELECT o.code || ' ' || l.sku, 'leaves ' || sum(m.delta)
        FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id
        JOIN catalog_stockmovement m ON m.ref = o.code AND m.variant_id = l.variant_id
        WHERE o.status IN ('cancelled', 'expired')
        GROUP BY o.code, l.id HAVING sum(m.delta) <> 0
        """,
    ),
)
