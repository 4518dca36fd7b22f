"""Invariants of what was put on paper: one standing invoice, no gap in the numbers, nothing changed, equal to the books."""

from bebeli.orders.invariants.types import Invariant, fresh

DOCUMENTS = (
    Invariant(
        "I34",
        "one standing invoice over a paid order's total, none once fallen, none credited beyond it; one receipt; a note per part",
        """
        SELECT o.code, 'paid ' || o.paid_at || ' without an invoice' FROM orders_order o
        WHERE o.paid_at < %(now)s - interval '1 hour' AND NOT EXISTS (
            SELECT FROM orders_document d WHERE d.order_id = o.id AND d.kind = 'invoice')
        UNION ALL
        SELECT o.code, 'cancelled ' || o.closed_at || ' and its invoice still stands' FROM orders_order o
        WHERE o.status IN ('cancelled', 'refunded') AND o.invoiced_at IS NOT NULL AND o.credited_at IS NULL
            AND o.closed_at < %(now)s - interval '1 hour'
        UNION ALL
        SELECT o.code, count(*) FILTER (WHERE c.id IS NULL) || ' standing invoices over ' || max(d.amount)
        FROM orders_order o JOIN orders_document d ON d.order_id = o.id AND d.kind = 'invoice'
        LEFT JOIN orders_document c ON c.cancels_id = d.id
        GROUP BY o.id
        HAVING count(*) FILTER (WHERE c.id IS NULL) <> CASE WHEN o.credited_at IS NULL THEN 1 ELSE 0 END
            OR bool_or(d.amount <> o.total) OR o.paid_at IS NULL OR o.invoiced_at IS NULL
        UNION ALL
        SELECT o.code, count(d.id) || ' receipts' FROM orders_order o
        LEFT JOIN orders_document d ON d.order_id = o.id AND d.kind = 'receipt'
        WHERE o.invoiced_at IS NOT NULL
        GROUP BY o.id HAVING count(d.id) <> 1 OR bool_or(d.amount <> o.total - o.platform_discount)
        UNION ALL
        SELECT r.key, 'credited ' || coalesce(r.credited_at::text, 'never') || ' over ' || coalesce(d.amount, 0)
        FROM orders_refund r LEFT JOIN orders_document d ON d.refund_id = r.id
        WHERE r.is_partial AND r.origin_id IS NULL AND CASE WHEN r.credited_at IS NULL
            THEN d.id IS NOT NULL OR r.requested_at < %(now)s - interval '1 hour'
            ELSE d.amount IS DISTINCT FROM r.face END
        UNION ALL
        SELECT o.code, 'notes over ' || sum(d.amount) FILTER (WHERE d.kind = 'credit_note')
        FROM orders_order o JOIN orders_document d ON d.order_id = o.id AND d.kind IN ('invoice', 'credit_note')
        WHERE o.credited_at IS NOT NULL
        GROUP BY o.id HAVING coalesce(sum(d.amount) FILTER (WHERE d.kind = 'credit_note'), 0)
            <> sum(d.amount) FILTER (WHERE d.kind = 'invoice')
        UNION ALL
        SELECT i.code, 'credited ' || coalesce(c.amount, 0) + coalesce(p.amount, 0) || ' of ' || i.amount
        FROM orders_document i LEFT JOIN orders_document c ON c.cancels_id = i.id
        LEFT JOIN (SELECT replace(body::jsonb ->> 'of_invoice', '/', '-') AS code, sum(amount) AS amount
            FROM orders_document WHERE refund_id IS NOT NULL GROUP BY 1) p ON p.code = i.code
        WHERE i.kind = 'invoice' AND CASE WHEN c.id IS NULL THEN p.amount > i.amount
            ELSE c.amount + coalesce(p.amount, 0) <> i.amount END
        """,
    ),
    Invariant(
        "I35",
        "numbers of documents run from 1 without a gap, up to the counter",
        """
        SELECT coalesce(c.seller_id, 0) || ' ' || c.kind || ' ' || c.year,
            count(d.id) || ' documents up to ' || coalesce(max(d.number), 0) || ', counter ' || c.last
        FROM orders_documentcounter c
        LEFT JOIN orders_document d ON coalesce(d.seller_id, 0) = coalesce(c.seller_id, 0) AND d.kind = c.kind AND d.year = c.year
        GROUP BY c.id HAVING count(d.id) <> c.last OR coalesce(max(d.number), 0) <> c.last
        UNION ALL
        SELECT d.code, 'has no counter' FROM orders_document d WHERE NOT EXISTS (
            SELECT FROM orders_documentcounter c
            WHERE coalesce(c.seller_id, 0) = coalesce(d.seller_id, 0) AND c.kind = d.kind AND c.year = d.year)
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
        WHERE {fresh("p", "placed_at")} AND (d.id IS NOT NULL OR p.fee_receipted_at IS NOT NULL)
            AND (d.amount IS DISTINCT FROM p.service_fee OR p.paid_at IS NULL OR p.fee_receipted_at IS NULL)
        UNION ALL
        SELECT d.code, CASE WHEN c.id IS NULL THEN 'stands and all orders fell' ELSE 'was taken back by ' || c.amount END
        FROM orders_document d LEFT JOIN orders_document c ON c.cancels_id = d.id
        WHERE d.kind = 'fee_receipt' AND {fresh("d", "issued_at")} AND CASE WHEN c.id IS NULL
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
        WHERE p.paid_at IS NOT NULL AND {fresh("p", "placed_at")} AND (p.service_fee = 0 OR p.fee_receipted_at IS NOT NULL)
            AND NOT EXISTS (SELECT FROM orders_order o WHERE o.purchase_id = p.id AND o.invoiced_at IS NULL)
            AND d.amount <> y.amount
        """,
    ),
    Invariant(
        "I36",
        "a document says what was hashed, and its row says the same",
        """
        SELECT code, 'is not what was issued' FROM orders_document
        WHERE (id %% %(slices)s = %(slice)s OR id > (SELECT max(id) FROM orders_document) - %(newest)s)
            AND (encode(sha256(convert_to(body, 'UTF8')), 'hex') <> sha256
                OR (body::jsonb ->> 'code', (body::jsonb ->> 'amount')::bigint, body::jsonb ->> 'kind',
                        (body::jsonb ->> 'issued_at')::timestamptz)
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
