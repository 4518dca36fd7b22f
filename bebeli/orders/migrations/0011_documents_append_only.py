"""Documents are append-only: Postgres says so again."""

from django.db import migrations

GUARD = """
CREATE TRIGGER orders_document_append_only BEFORE UPDATE OR DELETE ON orders_document
    FOR EACH ROW EXECUTE FUNCTION bebeli_append_only();
"""
REVOKE = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'bebeli_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON orders_document FROM bebeli_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0010_order_to_document")]

    operations = [
        migrations.RunSQL(GUARD, "DROP TRIGGER orders_document_append_only ON orders_document;"),
        migrations.RunSQL(REVOKE, migrations.RunSQL.noop),
    ]
