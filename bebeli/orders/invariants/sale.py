"""Invariants of what an order froze at the moment of sale."""

from bebeli.orders.invariants.types import Invariant, turn

SALE = (
    Invariant(
        "I45",
        "an order's commission and taxes are what its frozen rates give",
        f"""
        SELECT o.code, 'commission ' || o.commission || ', its VAT ' || o.commission_vat || ', income tax ' || o.income_tax
        FROM orders_order o
        CROSS JOIN LATERAL (SELECT o.goods_total - o.seller_discount AS price, 10000 + o.goods_vat_bp AS with_vat) g
        WHERE {turn("o", "orders_order")} AND (o.commission_vat <> (o.commission * o.vat_bp * 2 + 10000) / 20000
            OR o.income_tax
                <> (g.price - (g.price * o.goods_vat_bp * 2 + g.with_vat) / (g.with_vat * 2)) * o.income_tax_bp / 10000)
        UNION ALL
        SELECT o.code, 'commission ' || o.commission || ' is not ' || l.due
        FROM orders_order o CROSS JOIN LATERAL (
            SELECT (sum(subtotal * commission_bp) * 2 + 10000)::bigint / 20000 AS due FROM orders_orderline
            WHERE commission_bp > 0 AND order_id = o.id) l
        WHERE {turn("o", "orders_order")} AND o.seller_discount = 0 AND o.commission <> l.due
        UNION ALL
        SELECT o.code, 'commission ' || o.commission || ' without a rate' FROM orders_order o
        WHERE {turn("o", "orders_order")} AND o.commission <> 0
            AND NOT EXISTS (SELECT FROM orders_orderline l WHERE l.order_id = o.id AND l.commission_bp > 0)
        """,
    ),
)
