"""What a rate says never changes; it can only be taken back, once, before the day it begins (in WIB)."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION bebeli_rate_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a rate is withdrawn, never deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.withdrawn_at IS NOT NULL OR (OLD.kind, OLD.value, OLD.valid_from, OLD.seller_id, OLD.category_id,
        OLD.scheduled_by_id, OLD.scheduled_at) IS DISTINCT FROM (NEW.kind, NEW.value, NEW.valid_from, NEW.seller_id,
        NEW.category_id, NEW.scheduled_by_id, NEW.scheduled_at) THEN
        RAISE EXCEPTION 'a rate never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER orders_rate_frozen BEFORE UPDATE OR DELETE ON orders_rate
    FOR EACH ROW EXECUTE FUNCTION bebeli_rate_frozen();
ALTER TABLE orders_rate ADD CONSTRAINT orders_rate_looks_ahead CHECK (
    (scheduled_at IS NULL OR (scheduled_at AT TIME ZONE 'Asia/Jakarta')::date < valid_from)
    AND (withdrawn_at IS NULL OR (withdrawn_at AT TIME ZONE 'Asia/Jakarta')::date < valid_from)
    AND ((scheduled_at IS NULL) = (scheduled_by_id IS NULL)) AND ((withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)));
"""
THAWED = """
ALTER TABLE orders_rate DROP CONSTRAINT orders_rate_looks_ahead;
DROP TRIGGER orders_rate_frozen ON orders_rate;
DROP FUNCTION bebeli_rate_frozen();
"""
# Until now one commission held for all lines of an order.
LINES = """
UPDATE orders_orderline l SET commission_bp = o.commission_bp FROM orders_order o
WHERE o.id = l.order_id AND o.commission_bp <> 0;
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0012_rates_and_letters")]

    operations = [
        migrations.RunSQL(LINES, migrations.RunSQL.noop),
        migrations.RunSQL(FROZEN, THAWED),
    ]
