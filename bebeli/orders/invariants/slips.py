"""Invariants of a seller's slips: what they say was charged and collected is what the books say, month by month."""

from bebeli.orders.invariants.types import Invariant, turn

MONTH_OF = "date_trunc('month', e.at AT TIME ZONE 'Asia/Jakarta')::date"
# what is left of one order's frozen amounts when a reversal comes: nothing was kept of an order that was not completed
LEFT = """
            SELECT o.seller_id, o.purchase_id, o.commission - coalesce(sum(r.commission), 0) AS commission,
                o.commission_vat - coalesce(sum(r.commission_vat), 0) AS vat, o.income_tax - coalesce(sum(r.income_tax), 0) AS tax
            FROM orders_order o JOIN orders_entry c ON c.order_id = o.id AND c.kind = 'completed' AND c.id < undone.at_id
            LEFT JOIN orders_entry b ON b.order_id = o.id AND b.kind = 'refunded' AND b.id < undone.at_id
            LEFT JOIN orders_refund r ON r.id = b.refund_id
            WHERE o.purchase_id = e.purchase_id {narrowed} GROUP BY o.id"""
UNDONE = """CROSS JOIN LATERAL (SELECT CASE e.kind WHEN 'reversed' THEN e.id ELSE e.reverses_id END AS at_id,
                CASE e.kind WHEN 'reversed' THEN -1 ELSE 1 END AS way) undone"""

SLIPS = (
    Invariant(
        "I67",
        "a seller's slips of fee and tax are the postings of their month; a reversal of many sellers splits to the rupiah",
        f"""
        WITH due AS MATERIALIZED (
            SELECT * FROM orders_document d WHERE d.kind IN ('fee_slip', 'tax_slip') AND {turn("d", "orders_document")}
        ), months AS MATERIALIZED (SELECT DISTINCT seller_id, month FROM due), booked AS (
            SELECT seller_id, month, sum(fee) AS fee, sum(tax) AS tax FROM (
                SELECT m.seller_id, m.month, -p.amount * (a.kind <> 'pph22_payable')::int AS fee,
                    -p.amount * (a.kind = 'pph22_payable')::int AS tax
                FROM months m JOIN orders_order o ON o.seller_id = m.seller_id
                JOIN orders_entry e ON e.order_id = o.id AND {MONTH_OF} = m.month LEFT JOIN orders_refund r ON r.id = e.refund_id
                JOIN orders_posting p ON p.entry_id = e.id JOIN orders_account a ON a.id = p.account_id
                WHERE a.kind IN ('commission', 'ppn_output', 'pph22_payable')
                    AND (e.kind = 'completed' OR (e.kind = 'refunded' AND r.is_earned))
                UNION ALL
                SELECT m.seller_id, m.month, undone.way * (l.commission + l.vat), undone.way * l.tax
                FROM orders_entry e JOIN orders_order s ON s.purchase_id = e.purchase_id
                JOIN months m ON m.seller_id = s.seller_id AND {MONTH_OF} = m.month {UNDONE}
                CROSS JOIN LATERAL ({LEFT.format(narrowed="AND o.id = s.id")}) l
                WHERE e.kind IN ('reversed', 'restored')
            ) every_event GROUP BY seller_id, month
        )
        SELECT d.code, 'says ' || d.amount || ', the books say ' ||
            coalesce(CASE d.kind WHEN 'fee_slip' THEN b.fee ELSE b.tax END, 0)
        FROM due d LEFT JOIN booked b USING (seller_id, month)
        WHERE d.amount <> coalesce(CASE d.kind WHEN 'fee_slip' THEN b.fee ELSE b.tax END, 0)
            OR d.amount <> (SELECT coalesce(sum((line ->> 'total')::bigint), 0)
                FROM jsonb_array_elements(d.body::jsonb -> 'orders') line)
            OR (d.kind = 'fee_slip' AND b.tax <> 0 AND NOT EXISTS (
                SELECT FROM orders_document t WHERE t.seller_id = d.seller_id AND t.month = d.month AND t.kind = 'tax_slip'))
        UNION ALL
        SELECT d.code, 'has no slip of fees' FROM orders_document d
        WHERE d.kind = 'statement' AND d.issued_at < %(now)s - interval '1 day' AND NOT EXISTS (
            SELECT FROM orders_document s WHERE s.seller_id = d.seller_id AND s.month = d.month AND s.kind = 'fee_slip')
        UNION ALL
        SELECT e.idem_key, 'moved ' || b.commission || ', ' || b.vat || ', ' || b.tax || ', its orders '
            || s.commission || ', ' || s.vat || ', ' || s.tax
        FROM orders_entry e JOIN orders_purchase u ON u.id = e.purchase_id {UNDONE}
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(-p.amount) FILTER (WHERE a.kind = 'commission'), 0) AS commission,
                coalesce(sum(-p.amount) FILTER (WHERE a.kind = 'ppn_output'), 0)
                    - CASE WHEN sum(p.amount) FILTER (WHERE a.kind = 'service_fee') <> 0
                        THEN undone.way * u.service_fee_vat ELSE 0 END AS vat,
                coalesce(sum(-p.amount) FILTER (WHERE a.kind = 'pph22_payable'), 0) AS tax
            FROM orders_posting p JOIN orders_account a ON a.id = p.account_id WHERE p.entry_id = e.id
        ) b CROSS JOIN LATERAL (
            SELECT coalesce(sum(undone.way * l.commission), 0) AS commission, coalesce(sum(undone.way * l.vat), 0) AS vat,
                coalesce(sum(undone.way * l.tax), 0) AS tax FROM ({LEFT.format(narrowed="")}) l
        ) s
        WHERE e.kind IN ('reversed', 'restored') AND {turn("e", "orders_entry")}
            AND (b.commission, b.vat, b.tax) IS DISTINCT FROM (s.commission, s.vat, s.tax)
        UNION ALL
        SELECT e.idem_key, 'moves what no slip tells' FROM orders_posting p
        JOIN orders_account a ON a.id = p.account_id JOIN orders_entry e ON e.id = p.entry_id
        WHERE a.kind IN ('commission', 'pph22_payable')
            AND e.kind NOT IN ('completed', 'refunded', 'reversed', 'restored', 'remitted')  -- remitted is of no seller
            AND p.id > (SELECT max(id) FROM orders_posting) - %(newest)s
        """,
    ),
)
