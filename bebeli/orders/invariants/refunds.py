"""Invariants of refunds: what orders and lines say went back, by whom it was decided, and by what rates."""

from bebeli.orders.invariants.types import Invariant

REFUNDS = (
    Invariant(
        "I50",
        "what an order and its lines say went back is the sum of their refunds",
        """
        SELECT coalesce(o.code, 'order ' || r.order_id), 'says ' || coalesce(o.refunded, 0) || ' of '
            || coalesce(o.refunded_face, 0) || ', its refunds ' || coalesce(r.amount, 0) || ' of ' || coalesce(r.face, 0)
        FROM (SELECT id, code, refunded, refunded_face, refunded_shipping, refunded_commission, refunded_vat, refunded_tax
              FROM orders_order WHERE refunded_face <> 0) o
        FULL JOIN (
            SELECT order_id, sum(amount - service_fee) AS amount, sum(face) AS face, sum(shipping) AS shipping,
                sum(commission) AS commission, sum(commission_vat) AS vat, sum(income_tax) AS tax
            FROM orders_refund WHERE origin_id IS NULL AND order_id IS NOT NULL GROUP BY order_id) r ON r.order_id = o.id
        WHERE (coalesce(o.refunded, 0), coalesce(o.refunded_face, 0), coalesce(o.refunded_shipping, 0),
                coalesce(o.refunded_commission, 0), coalesce(o.refunded_vat, 0), coalesce(o.refunded_tax, 0))
            <> (coalesce(r.amount, 0), coalesce(r.face, 0), coalesce(r.shipping, 0), coalesce(r.commission, 0),
                coalesce(r.vat, 0), coalesce(r.tax, 0))
        UNION ALL
        SELECT o.code || ' ' || l.sku, l.fallen || ' pieces, ' || l.refunded || ' are not ' || coalesce(p.pieces, 0)
            || ', ' || coalesce(p.face, 0)
        FROM (SELECT line_id, sum(quantity) AS pieces, sum(face) AS face FROM orders_refundpart GROUP BY line_id) p
        FULL JOIN (SELECT id FROM orders_orderline WHERE fallen <> 0 OR refunded <> 0) moved ON moved.id = p.line_id
        JOIN orders_orderline l ON l.id = coalesce(moved.id, p.line_id) JOIN orders_order o ON o.id = l.order_id
        WHERE (l.fallen, l.refunded) <> (coalesce(p.pieces, 0)::int, coalesce(p.face, 0)::bigint)
        UNION ALL
        SELECT r.key, 'goods of ' || r.face - r.shipping || ' in parts of ' || coalesce(sum(p.face), 0)
        FROM orders_refund r LEFT JOIN orders_refundpart p ON p.refund_id = r.id
        WHERE r.is_partial AND r.origin_id IS NULL
        GROUP BY r.id HAVING coalesce(sum(p.face), 0) <> r.face - r.shipping
        """,
    ),
    Invariant(
        "I51",
        "what a refund leaves of commission and taxes is what the frozen rates give for what stays sold",
        """
        SELECT code, 'PPN ' || commission_vat - refunded_vat || ' on commission ' || commission - refunded_commission
            || ', income tax ' || income_tax - refunded_tax
        FROM orders_order CROSS JOIN LATERAL (SELECT goods_total - seller_discount - refunded_face + refunded_shipping AS price,
            10000 + goods_vat_bp AS with_vat) g
        WHERE refunded_face > 0
            AND (commission_vat - refunded_vat <> ((commission - refunded_commission) * vat_bp * 2 + 10000) / 20000
                OR income_tax - refunded_tax
                    <> (g.price - (g.price * goods_vat_bp * 2 + g.with_vat) / (g.with_vat * 2)) * income_tax_bp / 10000)
        UNION ALL
        SELECT r.key, r.seller_part || ' of the seller, booked ' || coalesce(sum(p.amount), 0)
        FROM (SELECT id, key, order_id, face - commission - commission_vat - income_tax AS seller_part FROM orders_refund
              WHERE is_earned AND origin_id IS NULL) r
        JOIN orders_order o ON o.id = r.order_id
        LEFT JOIN orders_entry e ON e.refund_id = r.id AND e.kind = 'refunded'
        LEFT JOIN orders_posting p ON p.entry_id = e.id AND p.account_id IN (
            SELECT id FROM orders_account WHERE kind IN ('seller_payable', 'seller_receivable') AND seller_id = o.seller_id)
        GROUP BY r.id, r.key, r.seller_part HAVING coalesce(sum(p.amount), 0) <> r.seller_part
        """,
    ),
    Invariant(
        "I72",
        "nothing is promised of a payment that its bank took back",
        """
        SELECT r.key, r.state || ' of a payment that is gone'
        FROM orders_refund r JOIN orders_paymentattempt a ON a.id = r.attempt_id AND a.status = 'reversed'
        WHERE r.state IN ('requested', 'approved', 'sent')
        """,
    ),
    Invariant(
        "I52",
        "much money that a person decided to give back was approved by another, paid by a third or the first; a no stands",
        """
        SELECT key, state || ' by ' || coalesce(decided_by_id::text, 'nobody') || ', '
            || coalesce(approved_by_id::text, 'nobody') || ', ' || coalesce(paid_by_id::text, 'nobody')
        FROM orders_refund WHERE needs_second AND (
            (state IN ('approved', 'sent', 'confirmed') AND approved_by_id IS NULL)
            OR approved_by_id = decided_by_id OR approved_by_id = paid_by_id)
        UNION ALL
        SELECT key, state || ' and never approved' FROM orders_refund
        WHERE state IN ('approved', 'sent') AND approved_at IS NULL
        UNION ALL
        SELECT r.key, 'approved by ' || w.by_id || ', who had answered a no'
        FROM orders_refundword w JOIN orders_refund r ON w.refund_id = coalesce(r.origin_id, r.id) AND w.by_id = r.approved_by_id
        WHERE w.act = 'answer'
        UNION ALL
        SELECT r.key, 'turned down by ' || coalesce(r.turned_down_by_id::text, 'nobody') || ', not as last said'
        FROM orders_refund r WHERE r.state = 'requested' AND r.turned_down_by_id IS DISTINCT FROM (
            SELECT CASE w.act WHEN 'no' THEN w.by_id END FROM orders_refundword w
            WHERE w.refund_id = coalesce(r.origin_id, r.id) ORDER BY w.id DESC LIMIT 1)
        """,
    ),
)
