"""What refunds of whole orders took before there were parts; rules had approved all of them."""

from django.db import migrations

CARRY_ON = """
UPDATE orders_refund r SET origin_id = f.id FROM (
    SELECT r.id AS later, min(e.id) AS id FROM orders_refund r
    JOIN orders_refund e ON e.attempt_id = r.attempt_id AND e.order_id IS NOT DISTINCT FROM r.order_id
        AND e.id < r.id AND e.state = 'failed'
    GROUP BY r.id) f
WHERE r.id = f.later;
"""
SHARES = """
UPDATE orders_refund r SET face = o.total, shipping = o.shipping_price, commission = o.commission,
    commission_vat = o.commission_vat, income_tax = o.income_tax
FROM orders_order o WHERE o.id = r.order_id;
UPDATE orders_refund SET approved_at = requested_at,
    state = CASE state WHEN 'requested' THEN 'approved' ELSE state END;
"""
ORDERS = """
UPDATE orders_order o SET refunded = r.amount - r.service_fee, refunded_face = r.face, refunded_shipping = r.shipping,
    refunded_commission = r.commission, refunded_vat = r.commission_vat, refunded_tax = r.income_tax
FROM orders_refund r WHERE r.order_id = o.id AND r.origin_id IS NULL;
"""
BACK = "UPDATE orders_refund SET state = 'requested' WHERE state = 'approved';"


class Migration(migrations.Migration):
    dependencies = [("orders", "0019_refunds_in_parts")]

    operations = [migrations.RunSQL([CARRY_ON, SHARES, ORDERS], [BACK])]
