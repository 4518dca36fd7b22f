"""What was said in a complaint, and the pictures that came with it, are append-only: Postgres says so again."""

from django.db import migrations

APPEND_ONLY = ("orders_complaintmessage", "orders_complaintpicture")

REVOKE = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'bebeli_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON {tables} FROM bebeli_app;
    END IF;
END $$;
"""


def guard(table):
    name = f"{table}_append_only"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION bebeli_append_only();",
        f"DROP TRIGGER {name} ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("orders", "0026_complaints")]

    operations = [
        *[guard(table) for table in APPEND_ONLY],
        migrations.RunSQL(REVOKE.format(tables=", ".join(APPEND_ONLY)), migrations.RunSQL.noop),
    ]
