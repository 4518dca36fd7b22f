"""Invariants of stock.

Movements of a line are found by its order (`variant_id + 0` keeps Postgres from the other way): a loved variant has moved ten
thousand times.
"""

from bebeli.orders.invariants.types import Invariant, fresh

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
            AND r.ref NOT IN (
                SELECT o.code FROM orders_paymentattempt a
                JOIN orders_payment y ON y.id = a.payment_id JOIN orders_order o ON o.purchase_id = y.purchase_id
                WHERE a.id IN (
                    SELECT attempt_id FROM orders_transferproof WHERE state IN ('waiting', 'mismatch')
                    UNION ALL SELECT attempt_id FROM orders_suspicion WHERE state = 'open'))
        """,
    ),
    Invariant(
        "I18",
        "a line of a paid order has exactly one sale of its quantity",
        f"""
        SELECT o.code || ' ' || l.sku, 'sold ' || coalesce(m.sold, 0) || ' in ' || coalesce(m.sales, 0)
        FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id
        LEFT JOIN LATERAL (
            SELECT sum(-delta) AS sold, count(*) AS sales FROM catalog_stockmovement
            WHERE ref = o.code AND variant_id + 0 = l.variant_id AND kind = 'sale') m ON true
        WHERE o.paid_at IS NOT NULL AND {fresh("o", "orders_order", "paid_at")}
            AND (coalesce(m.sales, 0) <> 1 OR m.sold <> l.quantity)
        """,
    ),
    Invariant(
        "I19",
        "a fallen order's movements cancel out",
        f"""
        SELECT o.code || ' ' || l.sku, 'leaves ' || m.moved
        FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id
        CROSS JOIN LATERAL (SELECT sum(delta) AS moved FROM catalog_stockmovement
            WHERE ref = o.code AND variant_id + 0 = l.variant_id) m
        WHERE o.status IN ('cancelled', 'expired') AND {fresh("o", "orders_order", "closed_at")} AND m.moved <> 0
        """,
    ),
)
