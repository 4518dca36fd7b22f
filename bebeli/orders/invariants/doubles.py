"""Invariants of money that went out twice."""

from bebeli.orders.invariants.types import Invariant

DOUBLES = (
    Invariant(
        "I68",
        "money out twice stands with its attempt while its case is open, and each case ends with one entry over its amount",
        """
        SELECT t.code, 'unallocated ' || coalesce(b.out, 0) || ' with open cases of ' || coalesce(d.cases, 0)
        FROM (SELECT e.attempt_id, sum(p.amount) AS out FROM orders_posting p JOIN orders_entry e ON e.id = p.entry_id
              WHERE p.account_id IN (SELECT id FROM orders_account WHERE kind = 'unallocated')
              GROUP BY e.attempt_id HAVING sum(p.amount) <> 0) b
        FULL JOIN (SELECT attempt_id, sum(amount) AS cases FROM orders_doublerefund WHERE state = 'open' GROUP BY attempt_id) d
            ON d.attempt_id = b.attempt_id
        LEFT JOIN orders_paymentattempt t ON t.id = coalesce(b.attempt_id, d.attempt_id)
        WHERE coalesce(b.out, 0) <> coalesce(d.cases, 0)
        UNION ALL
        SELECT 'opened with ' || e.idem_key, 'cases of ' || d.cases || ', in the books ' || coalesce(sum(p.amount), 0)
        FROM (SELECT opened_with_id, sum(amount) AS cases FROM orders_doublerefund GROUP BY opened_with_id) d
        JOIN orders_entry e ON e.id = d.opened_with_id
        LEFT JOIN orders_posting p ON p.entry_id = e.id
            AND p.account_id IN (SELECT id FROM orders_account WHERE kind = 'unallocated')
        GROUP BY e.id, d.cases HAVING coalesce(sum(p.amount), 0) <> d.cases
        UNION ALL
        SELECT 'case ' || d.id, d.state || ' with ' || coalesce(e.kind, 'nothing') || ' over ' || coalesce(sum(p.amount), 0)
        FROM orders_doublerefund d LEFT JOIN orders_entry e ON e.id = d.ended_with_id
        LEFT JOIN orders_posting p ON p.entry_id = e.id AND p.account_id IN (SELECT id FROM orders_account
            WHERE kind = CASE d.state WHEN 'recovered' THEN 'bank' WHEN 'not_taken' THEN 'gateway' ELSE 'loss' END)
        WHERE d.state IN ('recovered', 'written_off', 'not_taken')
        GROUP BY d.id, e.id HAVING e.idem_key IS DISTINCT FROM 'double:' || d.id || ':' || d.state
            OR coalesce(sum(p.amount), 0) <> d.amount
        UNION ALL
        SELECT 'case ' || d.id, d.state || ', proposed by ' || coalesce(d.proposed_by_id::text, 'nobody') || ', approved by '
            || coalesce(d.approved_by_id::text, 'nobody') FROM orders_doublerefund d
        WHERE d.state = 'written_off' AND (d.approved_by_id IS NULL OR d.proposed_by_id IS NULL
            OR d.approved_by_id = d.proposed_by_id)
        UNION ALL
        SELECT 'loss', 'stands at ' || coalesce(b.lost, 0) || ', written off ' || coalesce(d.lost, 0)
        FROM (SELECT sum(p.amount) AS lost FROM orders_posting p JOIN orders_account a ON a.id = p.account_id
              WHERE a.kind = 'loss') b,
             (SELECT sum(amount) AS lost FROM orders_doublerefund WHERE state = 'written_off') d
        WHERE coalesce(b.lost, 0) <> coalesce(d.lost, 0)
        """,
    ),
)
