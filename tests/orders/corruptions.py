"""Lies about refunds, and about reports of the provider and the bank, that the books must name."""

FIRST = "(SELECT min(id) FROM accounts_user)"
OF_REFUNDS = {
    "I06": ("UPDATE orders_order SET refunded_face = refunded_face - 1, refunded = refunded - 1 WHERE status = 'processing'",),
    "I12": ("UPDATE orders_refund SET amount = amount + 1000000 WHERE is_partial",),
    "I13": (
        "UPDATE orders_refund SET amount = amount - 1 WHERE is_partial AND NOT is_earned",
        "UPDATE orders_entry SET refund_id = NULL WHERE kind = 'refunded' AND refund_id = (SELECT max(id) FROM orders_refund)",
        "UPDATE orders_entry SET refund_id = (SELECT min(id) FROM orders_refund) WHERE kind = 'refunded'",
    ),
    "I21": (
        "UPDATE orders_refund SET owed = owed + 1 WHERE is_earned",
        "UPDATE orders_refund SET is_earned = false WHERE is_earned",
        "UPDATE orders_refund SET commission = commission + 1 WHERE is_earned",
    ),
    "I30": ("UPDATE orders_refund SET amount = amount + 1 WHERE is_partial AND state = 'approved'",),
    "I34": (
        "UPDATE orders_refund SET credited_at = NULL WHERE is_partial",
        "DELETE FROM orders_document WHERE refund_id IS NOT NULL",
        "UPDATE orders_document SET amount = amount + 1 WHERE refund_id IS NOT NULL",
        "UPDATE orders_document SET amount = amount + 1 WHERE kind = 'credit_note' AND cancels_id IS NOT NULL",
    ),
    "I50": (
        "UPDATE orders_order SET refunded = refunded - 1 WHERE refunded > 0",
        "UPDATE orders_order SET refunded_face = refunded_face + 1 WHERE refunded > 0",
        "UPDATE orders_order SET refunded_shipping = refunded_shipping + 1",
        "UPDATE orders_order SET refunded_commission = refunded_commission - 1 WHERE refunded_commission > 0",
        "UPDATE orders_order SET refunded_vat = refunded_vat - 1 WHERE refunded_vat > 0",
        "UPDATE orders_order SET refunded_tax = refunded_tax - 1 WHERE refunded_tax > 0",
        "UPDATE orders_orderline SET fallen = fallen - 1 WHERE fallen > 0",
        "UPDATE orders_orderline SET refunded = refunded - 1 WHERE refunded > 0",
        "DELETE FROM orders_refundpart",
        "UPDATE orders_refundpart SET face = face - 1; UPDATE orders_orderline SET refunded = refunded - 1 WHERE refunded > 0",
    ),
    "I51": (
        "UPDATE orders_order SET refunded_vat = refunded_vat - 1 WHERE refunded_vat > 0",
        "UPDATE orders_order SET refunded_tax = refunded_tax - 1 WHERE refunded_tax > 0",
        "UPDATE orders_refund SET income_tax = income_tax - 1 WHERE is_earned AND income_tax > 0",
    ),
    "I72": (
        """UPDATE orders_paymentattempt SET status = 'reversed'
        WHERE id IN (SELECT attempt_id FROM orders_refund WHERE state = 'approved')""",
    ),
    "I52": (
        "UPDATE orders_refund SET needs_second = true",
        f"UPDATE orders_refund SET needs_second = true, approved_by_id = {FIRST}, decided_by_id = {FIRST}",
        f"UPDATE orders_refund SET needs_second = true, approved_by_id = {FIRST}, paid_by_id = {FIRST}",
        "UPDATE orders_refund SET approved_at = NULL",
        f"UPDATE orders_refund SET needs_second = true, state = 'requested', turned_down_by_id = {FIRST}",
        f"""WITH said AS (INSERT INTO orders_refundword (refund_id, act, by_id, text, at)
            SELECT id, 'answer', {FIRST}, 'x', now() FROM orders_refund)
        UPDATE orders_refund SET approved_by_id = {FIRST}""",
    ),
}
OPEN = "('asked', 'offered', 'refused', 'return_asked', 'returning', 'resent', 'officer')"
OF_COMPLAINTS = {
    "I48": (
        f"UPDATE orders_complaint SET state = 'withdrawn', closed_at = now() WHERE state IN {OPEN}",
        "UPDATE orders_order SET status = 'refunded' WHERE status = 'disputed'",
        "UPDATE orders_order SET status = 'delivered' WHERE status = 'disputed'",
    ),
    "I49": (
        "UPDATE orders_complaint SET amount = amount + 1 WHERE state = 'settled'",
        "UPDATE orders_complaint SET refund_id = NULL WHERE state = 'decided'",
        "UPDATE orders_complaint SET state = 'withdrawn' WHERE refund_id IS NOT NULL",
        "UPDATE orders_complaintline SET amount = amount - 1 WHERE amount > 0",
        "UPDATE orders_refund SET order_id = (SELECT max(id) FROM orders_order) WHERE id = (SELECT min(id) FROM orders_refund)",
        "UPDATE orders_refund SET state = 'failed'",
    ),
    "I53": (
        "UPDATE orders_complaint SET answer_by = now() - interval '11 minutes' WHERE state = 'asked'",
        "UPDATE orders_complaint SET answer_by = NULL WHERE state = 'asked'",
        "UPDATE orders_complaint SET escalated_at = NULL WHERE state = 'officer'",
    ),
    "I64": ("UPDATE orders_order SET shipping_paid_by = 'platform' WHERE status = 'refunded' AND shipping_price > 0",),
}
LONG_AGO = "UPDATE orders_moneyreport SET uploaded_at = uploaded_at - interval '2 hours'"
OF_REPORTS = {
    "I43": (
        "UPDATE orders_reportline SET gross = gross + 1 WHERE kind = 'gateway'",
        "UPDATE orders_reportline SET fee = fee + 1 WHERE kind = 'gateway'",
        "UPDATE orders_reportline SET banked_entry_id = NULL",
        "UPDATE orders_reportline SET fee_entry_id = NULL",
        "UPDATE orders_reportline SET attempt_id = NULL WHERE kind = 'gateway'",
    ),
    "I44": (
        "UPDATE orders_entry SET at = at - interval '2 hours'; UPDATE orders_reportline SET is_matched = false",
        "UPDATE orders_entry SET at = at - interval '2 hours'; UPDATE orders_reportline SET fee_entry_id = NULL",
        "UPDATE orders_entry SET at = at - interval '2 hours'; UPDATE orders_reportline SET banked_entry_id = NULL",
    ),
    "I46": (
        "UPDATE orders_reportline SET is_matched = true",
        f"{LONG_AGO}; DELETE FROM orders_difference",
        f"{LONG_AGO}; UPDATE orders_reportline SET is_matched = false",
    ),
    "I47": (
        "UPDATE orders_reportline SET gross = gross + 1 WHERE kind = 'bank'",
        "UPDATE orders_reportline SET batch_day = NULL WHERE kind = 'bank'",
        "UPDATE orders_reportline SET gross = gross + 1, fee = fee + 2 WHERE kind = 'gateway'",
    ),
}
