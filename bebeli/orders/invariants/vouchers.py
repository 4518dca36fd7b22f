"""Invariants of vouchers: limits hold, uses are what purchases took off, and the promo's accounts say the same."""

from bebeli.orders.invariants.types import Invariant

# What each order of a purchase has of the discount of each of its uses.
SHARES = """
    SELECT u.id, u.voucher_id, u.ref, u.amount, u.returned, u.state, p.status AS purchase, o.status, o.id AS order_id,
        CASE WHEN v.seller_id IS NULL THEN o.platform_discount
            WHEN v.seller_id = o.seller_id THEN o.seller_discount ELSE 0 END AS share
    FROM vouchers_voucheruse u JOIN vouchers_voucher v ON v.id = u.voucher_id
    JOIN orders_purchase p ON p.code = u.ref JOIN orders_order o ON o.purchase_id = p.id
"""

VOUCHERS = (
    Invariant(
        "I20",
        "a voucher's count and money spent are its uses, and within its limits",
        """
        SELECT v.code, v.used || ' uses and ' || v.spent || ' spent, not ' || count(u.id) FILTER (WHERE u.state = 'taken')
            || ' and ' || coalesce(sum(u.amount - u.returned), 0)
        FROM vouchers_voucher v LEFT JOIN vouchers_voucheruse u ON u.voucher_id = v.id
        GROUP BY v.id
        HAVING v.used <> count(u.id) FILTER (WHERE u.state = 'taken') OR v.spent <> coalesce(sum(u.amount - u.returned), 0)
            OR v.used > v.max_uses OR v.spent > v.budget
        """,
    ),
    Invariant(
        "I60",
        "nobody uses a voucher more often than it allows",
        """
        SELECT v.code, count(*) || ' uses of one person' FROM vouchers_voucher v
        JOIN vouchers_voucheruse u ON u.voucher_id = v.id AND u.state = 'taken'
        GROUP BY v.id, coalesce(u.user_id::text, u.email_digest) HAVING count(*) > v.per_person
        """,
    ),
    Invariant(
        "I61",
        "a use is what its purchase's orders took off, and every discount is a use",
        f"""
        SELECT s.ref, 'use of ' || max(s.amount) || ' is not ' || sum(s.share) FROM ({SHARES}) s
        GROUP BY s.id, s.ref HAVING max(s.amount) <> sum(s.share)
        UNION ALL
        SELECT p.code, 'takes ' || p.platform_discount || ' and ' || coalesce(o.own, 0) || ' off, its uses '
            || coalesce(u.amount, 0)
        FROM orders_purchase p
        LEFT JOIN (SELECT purchase_id, sum(seller_discount) AS own FROM orders_order WHERE seller_discount > 0
            GROUP BY purchase_id) o ON o.purchase_id = p.id
        LEFT JOIN (SELECT ref, sum(amount) AS amount FROM vouchers_voucheruse GROUP BY ref) u ON u.ref = p.code
        WHERE p.platform_discount + coalesce(o.own, 0) <> coalesce(u.amount, 0)
        UNION ALL
        SELECT u.ref, 'has no purchase' FROM vouchers_voucheruse u
        WHERE NOT EXISTS (SELECT FROM orders_purchase p WHERE p.code = u.ref)
        """,
    ),
    Invariant(
        "I62",
        "what fell of a purchase went back to the budget, and the use itself when nothing came about or nobody wanted it so",
        f"""
        SELECT s.ref, s.state || ' with ' || s.returned || ' returned of ' || s.fallen FROM (
            SELECT ref, state, returned, coalesce(sum(share) FILTER (WHERE status IN ('cancelled', 'expired')), 0) AS fallen,
                purchase IN ('cancelled', 'expired') OR (bool_and(status = 'cancelled') AND NOT EXISTS (
                    SELECT FROM orders_orderevent e
                    WHERE e.order_id = ANY (array_agg(s.order_id)) AND e.verb IN ('cancel', 'agree_cancel'))) AS is_undone
            FROM ({SHARES}) s GROUP BY id, ref, state, returned, purchase) s
        WHERE s.returned <> s.fallen OR s.is_undone <> (s.state = 'given_back')
        """,
    ),
    Invariant(
        "I63",
        "a paid purchase's promo stands at whoever pays it",
        """
        SELECT coalesce(o.idem_key, b.idem_key), coalesce(b.amount, 0) || ' is not ' || coalesce(o.promo, 0) || ' of '
            || coalesce(o.payer, b.payer)
        FROM (
            SELECT e.id, e.idem_key, 'promo_' || o.promo_payer AS payer, sum(o.platform_discount) AS promo
            FROM orders_order o JOIN orders_entry e ON e.purchase_id = o.purchase_id AND e.kind = 'settled'
            WHERE o.platform_discount > 0 GROUP BY e.id, o.promo_payer) o
        FULL JOIN (
            SELECT e.id, e.idem_key, a.kind AS payer, sum(p.amount) AS amount
            FROM orders_account a JOIN orders_posting p ON p.account_id = a.id
            JOIN orders_entry e ON e.id = p.entry_id AND e.kind = 'settled'
            WHERE a.kind LIKE 'promo\\_%%' GROUP BY e.id, a.kind) b ON b.id = o.id AND b.payer = o.payer
        WHERE coalesce(b.amount, 0) <> coalesce(o.promo, 0)
        UNION ALL
        SELECT o.code, 'promo of the ' || o.promo_payer || ', voucher of the ' || v.payer
        FROM vouchers_voucheruse u JOIN vouchers_voucher v ON v.id = u.voucher_id AND v.seller_id IS NULL
        JOIN orders_purchase p ON p.code = u.ref JOIN orders_order o ON o.purchase_id = p.id
        WHERE o.promo_payer <> v.payer
        """,
    ),
)
