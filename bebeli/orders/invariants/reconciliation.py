"""Invariants of what reports say of our money."""

from bebeli.orders.invariants.types import Invariant

RECONCILIATION = (
    Invariant(
        "I43",
        "a matched line of the provider is posted for what it says",
        """
        SELECT l.kind || ' ' || l.order_code, 'says ' || l.gross || ' less ' || l.fee || ', posted '
            || coalesce(b.amount, 0) || ' less ' || coalesce(f.amount, 0)
        FROM orders_reportline l
        LEFT JOIN (SELECT p.entry_id, -sum(p.amount) AS amount FROM orders_posting p JOIN orders_account a
            ON a.id = p.account_id AND a.kind = 'gateway' JOIN orders_entry e ON e.id = p.entry_id AND e.kind = 'gateway_settled'
            GROUP BY p.entry_id) b ON b.entry_id = l.banked_entry_id
        LEFT JOIN (SELECT p.entry_id, -sum(p.amount) AS amount FROM orders_posting p JOIN orders_account a
            ON a.id = p.account_id AND a.kind = 'gateway' JOIN orders_entry e ON e.id = p.entry_id AND e.kind = 'gateway_fee'
            GROUP BY p.entry_id) f ON f.entry_id = l.fee_entry_id
        WHERE l.kind = 'gateway' AND l.is_matched
            AND (coalesce(b.amount, 0) <> l.gross - l.fee OR coalesce(f.amount, 0) <> l.fee OR l.attempt_id IS NULL)
        """,
    ),
    Invariant(
        "I44",
        "a fee or settlement of the provider has its line within the hour",
        """
        SELECT e.idem_key, 'has no line' FROM orders_entry e
        WHERE e.kind IN ('gateway_fee', 'gateway_settled') AND e.at < %(now)s - interval '1 hour'
            AND NOT EXISTS (SELECT FROM orders_reportline l WHERE l.is_matched
                AND e.id = CASE e.kind WHEN 'gateway_fee' THEN l.fee_entry_id ELSE l.banked_entry_id END)
        """,
    ),
    Invariant(
        "I46",
        "a line is matched, or a difference that somebody can see",
        """
        SELECT l.kind || ' ' || l.key, 'matched and still a difference' FROM orders_reportline l
        JOIN orders_difference d ON d.line_id = l.id AND d.resolved_at IS NULL WHERE l.is_matched
        UNION ALL
        SELECT l.kind || ' ' || l.key, 'neither matched nor a difference' FROM orders_reportline l
        JOIN orders_moneyreport r ON r.id = l.report_id
        WHERE NOT l.is_matched AND r.uploaded_at < %(now)s - interval '1 hour'
            AND NOT EXISTS (SELECT FROM orders_difference d WHERE d.line_id = l.id)
        """,
    ),
    Invariant(
        "I47",
        "a matched line of the bank is explained to the rupiah",
        """
        SELECT l.kind || ' ' || l.key, 'says ' || l.gross || ' of ' || told.amount
        FROM orders_reportline l
        LEFT JOIN orders_refund r ON r.id = l.refund_id AND (l.gross < 0 OR EXISTS (
            SELECT FROM orders_entry e WHERE e.refund_id = r.id AND e.kind = 'refund_bounced'))
        LEFT JOIN orders_payout o ON o.id = l.payout_id AND l.turn < (
            SELECT count(*) FROM orders_entry e JOIN orders_posting p ON p.entry_id = e.id
            JOIN orders_account b ON b.id = p.account_id AND b.kind = 'bank'
            WHERE e.payout_id = l.payout_id AND sign(p.amount) = sign(l.gross))
        LEFT JOIN orders_doublerefund d ON d.id = l.double_id AND d.state = 'recovered'
        LEFT JOIN orders_remittance m ON m.id = l.remittance_id AND m.state = 'booked'
        LEFT JOIN orders_paymentattempt a ON a.id = l.attempt_id
        LEFT JOIN (SELECT day, sum(gross - fee)::bigint AS net FROM orders_reportline
            WHERE kind = 'gateway' AND is_matched GROUP BY day) b ON b.day = l.batch_day
        CROSS JOIN LATERAL (SELECT coalesce(r.amount * sign(l.gross)::int, o.amount * sign(l.gross)::int,
            CASE m.kind WHEN 'regency' THEN m.amount ELSE -m.amount END, d.amount, a.gross, b.net, 0) AS amount) told
        WHERE l.kind = 'bank' AND l.is_matched AND l.gross <> told.amount
        """,
    ),
    Invariant(
        "I71",
        "a booked remittance has its entry over its amounts, and no entry of one is without it",
        """
        SELECT coalesce(e.idem_key, 'remit:' || m.id), coalesce(m.state, 'no remittance') || ' over ' || coalesce(m.amount, 0)
            || ' less ' || coalesce(m.set_off, 0) || ', posted ' || coalesce(p.bank, 0) || ' less ' || coalesce(p.input, 0)
        FROM (SELECT * FROM orders_remittance WHERE state = 'booked') m
        FULL JOIN (SELECT * FROM orders_entry WHERE idem_key LIKE 'remit:%%') e ON e.idem_key = 'remit:' || m.id
        LEFT JOIN LATERAL (SELECT coalesce(sum(p.amount) FILTER (WHERE a.kind = 'bank'), 0) AS bank,
                coalesce(-sum(p.amount) FILTER (WHERE a.kind = 'ppn_input'), 0) AS input,
                coalesce(sum(p.amount) FILTER (WHERE a.kind = CASE m.kind WHEN 'ppn' THEN 'ppn_output'
                    WHEN 'pph22' THEN 'pph22_payable' WHEN 'couriers' THEN 'shipping_payable'
                    ELSE 'promo_regency' END), 0) AS stood
            FROM orders_posting p JOIN orders_account a ON a.id = p.account_id WHERE p.entry_id = e.id) p ON true
        WHERE m.id IS NULL OR e.id IS NULL OR p.input <> m.set_off
            OR p.bank <> CASE m.kind WHEN 'regency' THEN m.amount ELSE -m.amount END OR p.stood <> p.input - p.bank
        """,
    ),
)
