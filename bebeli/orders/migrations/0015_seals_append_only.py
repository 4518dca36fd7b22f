"""Seals are written once; nobody changes or removes one."""

from django.db import migrations

GUARD = """
CREATE TRIGGER orders_entryseal_append_only BEFORE UPDATE OR DELETE ON orders_entryseal
    FOR EACH ROW EXECUTE FUNCTION bebeli_append_only();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'bebeli_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON orders_entryseal FROM bebeli_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0014_seals_and_runs")]

    operations = [migrations.RunSQL(GUARD, "DROP TRIGGER orders_entryseal_append_only ON orders_entryseal;")]
