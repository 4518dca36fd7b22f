"""Invariants of what was put on paper: one standing invoice, no gap in the numbers, nothing changed, equal to the books."""

from bebeli.orders.invariants.types import Invariant, fresh, turn

DOCUMENTS = (
    Invariant(
        "I34",
        "one standing invoice over a paid order's total, none once fallen, none credited beyond it; one receipt; a note per part",
        f"""
        WITH looked AS MATERIALIZED (
            SELECT * FROM orders_order WHERE paid_at IS NOT NULL AND id = ANY(ARRAY(
                SELECT o.id FROM orders_order o WHERE {turn("o", "orders_order")}
                UNION SELECT d.order_id FROM orders_document d WHERE {turn("d", "orders_document")}))),
        papers AS MATERIALIZED (
            SELECT d.id, d.order_id, d.kind, d.code, d.amount,
                (SELECT c.amount FROM orders_document c WHERE c.cancels_id = d.id) AS cancelled,
                CASE WHEN d.refund_id IS NOT NULL THEN replace(d.body::jsonb ->> 'of_invoice', '/', '-') END AS of_invoice
            FROM orders_document d WHERE d.order_id = ANY(ARRAY(SELECT id FROM looked)))
        SELECT o.code, 'paid ' || o.paid_at || ' without an invoice' FROM orders_order o
        WHERE o.paid_at < %(now)s - interval '1 hour' AND o.invoiced_at IS NULL
        UNION ALL
        SELECT o.code, 'cancelled ' || o.closed_at || ' and its invoice still stands' FROM orders_order o
        WHERE o.status IN ('cancelled', 'refunded') AND o.invoiced_at IS NOT NULL AND o.credited_at IS NULL
            AND o.closed_at < %(now)s - interval '1 hour'
        UNION ALL
        SELECT d.code, 'of an order that nobody paid' FROM orders_document d JOIN orders_order o ON o.id = d.order_id
        WHERE o.paid_at IS NULL AND {turn("d", "orders_document")}
        UNION ALL
        SELECT o.code, count(d.id) FILTER (WHERE d.cancelled IS NULL) || ' standing invoices over ' || coalesce(max(d.amount), 0)
        FROM looked o LEFT JOIN papers d ON d.order_id = o.id AND d.kind = 'invoice'
        GROUP BY o.id, o.code, o.credited_at, o.invoiced_at, o.total
        HAVING count(d.id) FILTER (WHERE d.cancelled IS NULL) <> (o.invoiced_at IS NOT NULL AND o.credited_at IS NULL)::int
            OR bool_or(d.amount <> o.total) OR (count(d.id) > 0) <> (o.invoiced_at IS NOT NULL)
        UNION ALL
        SELECT o.code, count(d.id) || ' receipts' FROM looked o LEFT JOIN papers d ON d.order_id = o.id AND d.kind = 'receipt'
        WHERE o.invoiced_at IS NOT NULL GROUP BY o.id, o.code, o.total, o.platform_discount
        HAVING count(d.id) <> 1 OR bool_or(d.amount <> o.total - o.platform_discount)
        UNION ALL
        SELECT r.key, 'credited ' || coalesce(r.credited_at::text, 'never') || ' over ' || coalesce(d.amount, 0)
        FROM orders_refund r LEFT JOIN orders_document d ON d.refund_id = r.id
        WHERE r.is_partial AND r.origin_id IS NULL AND CASE WHEN r.credited_at IS NULL
            THEN d.id IS NOT NULL OR r.requested_at < %(now)s - interval '1 hour'
            ELSE d.amount IS DISTINCT FROM r.face END
        UNION ALL
        SELECT o.code, 'notes over ' || sum(d.amount) FILTER (WHERE d.kind = 'credit_note')
        FROM looked o JOIN papers d ON d.order_id = o.id AND d.kind IN ('invoice', 'credit_note')
        WHERE o.credited_at IS NOT NULL
        GROUP BY o.id, o.code HAVING coalesce(sum(d.amount) FILTER (WHERE d.kind = 'credit_note'), 0)
            <> sum(d.amount) FILTER (WHERE d.kind = 'invoice')
        UNION ALL
        SELECT i.code, 'credited ' || coalesce(i.cancelled, 0) + coalesce(p.amount, 0) || ' of ' || i.amount
        FROM papers i LEFT JOIN (SELECT of_invoice, sum(amount) AS amount FROM papers GROUP BY 1) p ON p.of_invoice = i.code
        WHERE i.kind = 'invoice' AND CASE WHEN i.cancelled IS NULL THEN p.amount > i.amount
            ELSE i.cancelled + coalesce(p.amount, 0) <> i.amount END
        """,
    ),
    Invariant(
        "I35",
        "numbers of documents run from 1 without a gap, up to the counter",
        f"""
        SELECT c.seller_id || ' ' || c.kind || ' ' || c.year, 'documents up to ' || d.last || ', counter ' || c.last
        FROM orders_documentcounter c CROSS JOIN LATERAL (SELECT coalesce(max(number), 0) AS last FROM orders_document d
            WHERE d.seller_id = c.seller_id AND d.kind = c.kind AND d.year = c.year) d
        WHERE c.seller_id IS NOT NULL AND d.last <> c.last
        UNION ALL
        SELECT '0 ' || c.kind || ' ' || c.year, 'documents up to ' || d.last || ', counter ' || c.last
        FROM orders_documentcounter c CROSS JOIN LATERAL (SELECT coalesce(max(number), 0) AS last FROM orders_document d
            WHERE d.seller_id IS NULL AND d.kind = c.kind AND d.year = c.year) d
        WHERE c.seller_id IS NULL AND d.last <> c.last
        UNION ALL
        SELECT d.code, CASE WHEN c.id IS NULL THEN 'has no counter' ELSE 'none before it' END
        FROM orders_document d LEFT JOIN orders_documentcounter c
            ON coalesce(c.seller_id, 0) = coalesce(d.seller_id, 0) AND c.kind = d.kind AND c.year = d.year
        WHERE {turn("d", "orders_document")}
            AND (c.id IS NULL OR d.number > 1 AND CASE WHEN d.seller_id IS NULL
                THEN NOT EXISTS (SELECT FROM orders_document b WHERE b.seller_id IS NULL AND b.kind = d.kind AND b.year = d.year
                    AND b.number = d.number - 1)
                ELSE NOT EXISTS (SELECT FROM orders_document b WHERE b.seller_id = d.seller_id AND b.kind = d.kind
                    AND b.year = d.year AND b.number = d.number - 1) END)
        """,
    ),
    Invariant(
        "I66",
        "a service fee stands on one receipt of BEBELI, taken back once all orders fell; the papers add up to what was paid",
        f"""
        SELECT p.code, 'paid ' || p.paid_at || ' and its fee is on no paper' FROM orders_purchase p
        WHERE p.paid_at < %(now)s - interval '1 hour' AND p.service_fee > 0 AND p.fee_receipted_at IS NULL
        UNION ALL
        SELECT p.code, coalesce(d.amount, 0) || ' on paper of a fee of ' || p.service_fee
        FROM orders_purchase p LEFT JOIN orders_document d ON d.purchase_id = p.id AND d.kind = 'fee_receipt'
        WHERE {fresh("p", "orders_purchase", "paid_at")} AND (d.id IS NOT NULL OR p.fee_receipted_at IS NOT NULL)
            AND (d.amount IS DISTINCT FROM p.service_fee OR p.paid_at IS NULL OR p.fee_receipted_at IS NULL)
        UNION ALL
        SELECT d.code, CASE WHEN c.id IS NULL THEN 'stands and all orders fell' ELSE 'was taken back by ' || c.amount END
        FROM orders_document d LEFT JOIN orders_document c ON c.cancels_id = d.id
        WHERE d.kind = 'fee_receipt' AND {turn("d", "orders_document")} AND CASE WHEN c.id IS NULL
            THEN NOT EXISTS (SELECT FROM orders_order o WHERE o.purchase_id = d.purchase_id
                AND (o.status NOT IN ('cancelled', 'refunded') OR o.closed_at > %(now)s - interval '1 hour'))
            ELSE c.amount <> d.amount OR c.purchase_id IS DISTINCT FROM d.purchase_id OR EXISTS (
                SELECT FROM orders_order o WHERE o.purchase_id = d.purchase_id AND o.status NOT IN ('cancelled', 'refunded'))
            END
        UNION ALL
        SELECT p.code, 'papers of ' || d.amount || ', paid ' || y.amount
        FROM orders_purchase p JOIN orders_payment y ON y.purchase_id = p.id
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(r.amount), 0) + coalesce((SELECT sum(f.amount) FROM orders_document f
                WHERE f.purchase_id = p.id AND f.kind = 'fee_receipt'), 0) AS amount
            FROM orders_order o JOIN orders_document r ON r.order_id = o.id AND r.kind = 'receipt' WHERE o.purchase_id = p.id) d
        WHERE p.paid_at IS NOT NULL AND {fresh("p", "orders_purchase", "paid_at")}
            AND (p.service_fee = 0 OR p.fee_receipted_at IS NOT NULL)
            AND NOT EXISTS (SELECT FROM orders_order o WHERE o.purchase_id = p.id AND o.invoiced_at IS NULL)
            AND d.amount <> y.amount
        """,
    ),
    Invariant(
        "I36",
        "a document says what was hashed, and its row says the same",
        f"""
        SELECT code, 'is not what was issued'
        FROM orders_document d CROSS JOIN LATERAL (SELECT d.body::jsonb AS said OFFSET 0) b  -- read once
        WHERE {turn("d", "orders_document")}
            AND (encode(sha256(convert_to(body, 'UTF8')), 'hex') <> sha256
                OR (said ->> 'code', (said ->> 'amount')::bigint, said ->> 'kind', (said ->> 'issued_at')::timestamptz)
                    IS DISTINCT FROM (code::text, amount, kind::text, issued_at))
        """,
    ),
    Invariant(
        "I37",
        "a statement's sums, what went back after completion and the debts settled are the postings of its month",
        """
        SELECT d.code, 'is not what the books say of ' || d.month FROM orders_document d
        LEFT JOIN LATERAL (
            SELECT sum(-p.amount) FILTER (WHERE a.kind IN ('seller_payable', 'seller_receivable')) AS net,
                sum(-p.amount) FILTER (WHERE a.kind IN ('commission', 'ppn_output')) AS fee,
                sum(-p.amount) FILTER (WHERE a.kind = 'pph22_payable') AS tax,
                sum(-p.amount) FILTER (WHERE a.kind = 'shipping_payable') AS courier
            FROM orders_order o JOIN orders_entry e ON e.order_id = o.id AND e.kind = 'completed'
            JOIN orders_posting p ON p.entry_id = e.id JOIN orders_account a ON a.id = p.account_id
            WHERE o.seller_id = d.seller_id AND e.at >= d.month::timestamp AT TIME ZONE 'Asia/Jakarta'
                AND e.at < (d.month + interval '1 month') AT TIME ZONE 'Asia/Jakarta'
        ) b ON true
        LEFT JOIN LATERAL (
            SELECT sum(p.amount) FILTER (WHERE e.kind = 'refunded'
                    OR (a.kind = 'seller_receivable' AND e.kind NOT IN (
                        'completed', 'debt_settled', 'payout_owed', 'payout_unpaid'))) AS claims,
                sum(-p.amount) FILTER (WHERE a.kind = 'seller_receivable' AND e.kind = 'debt_settled') AS settled,
                sum(p.amount) FILTER (WHERE e.kind IN ('payout_owed', 'payout_unpaid')) AS twice
            FROM orders_account a JOIN orders_posting p ON p.account_id = a.id JOIN orders_entry e ON e.id = p.entry_id
            WHERE a.seller_id = d.seller_id AND a.kind IN ('seller_payable', 'seller_receivable')
                AND e.at >= d.month::timestamp AT TIME ZONE 'Asia/Jakarta'
                AND e.at < (d.month + interval '1 month') AT TIME ZONE 'Asia/Jakarta'
        ) c ON true
        WHERE d.kind = 'statement' AND (d.amount, (d.body::jsonb #>> '{totals,net}')::bigint,
                (d.body::jsonb #>> '{totals,fee}')::bigint, (d.body::jsonb #>> '{totals,tax}')::bigint,
                (d.body::jsonb #>> '{totals,courier}')::bigint, (d.body::jsonb ->> 'claims')::bigint,
                (d.body::jsonb ->> 'settled')::bigint, coalesce((d.body::jsonb ->> 'twice')::bigint, 0))
            IS DISTINCT FROM (coalesce(b.net, 0)::bigint, coalesce(b.net, 0)::bigint, coalesce(b.fee, 0)::bigint,
                coalesce(b.tax, 0)::bigint, coalesce(b.courier, 0)::bigint,
                -- one issued before debts were told apart has no `settled`, and holds both in its claims
                (coalesce(c.claims, 0) - CASE WHEN d.body::jsonb ? 'settled' THEN 0 ELSE coalesce(c.settled, 0) END)::bigint,
                CASE WHEN d.body::jsonb ? 'settled' THEN coalesce(c.settled, 0)::bigint END,
                coalesce(c.twice, 0)::bigint)
        """,
    ),
)
