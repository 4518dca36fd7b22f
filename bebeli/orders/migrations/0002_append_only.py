"""The books, events and movements are append-only, and every entry balances: Postgres says so again."""

from django.db import migrations

APPEND_ONLY = (
    "orders_entry",
    "orders_posting",
    "orders_orderevent",
    "orders_attemptevent",
    "catalog_stockmovement",
    "catalog_pricechange",
)

REFUSE = """
CREATE FUNCTION bebeli_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
BALANCED = """
CREATE FUNCTION bebeli_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE total bigint; sides integer;
BEGIN
    SELECT coalesce(sum(amount), 0), count(*) INTO total, sides FROM orders_posting
        WHERE entry_id = CASE WHEN TG_TABLE_NAME = 'orders_entry' THEN (to_jsonb(NEW)->>'id')::bigint
            ELSE (to_jsonb(NEW)->>'entry_id')::bigint END;
    IF total <> 0 OR sides < 2 THEN
        RAISE EXCEPTION 'entry does not balance: % over % sides', total, sides
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER orders_entry_balances AFTER INSERT ON orders_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bebeli_entry_balances();
CREATE CONSTRAINT TRIGGER orders_posting_balances AFTER INSERT ON orders_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bebeli_entry_balances();
"""
DROP = """
DROP TRIGGER orders_entry_balances ON orders_entry;
DROP TRIGGER orders_posting_balances ON orders_posting;
DROP FUNCTION bebeli_entry_balances();
"""
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
    dependencies = [("orders", "0001_initial"), ("catalog", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION bebeli_append_only();"),
        *[guard(table) for table in APPEND_ONLY],
        migrations.RunSQL(BALANCED, DROP),
        migrations.RunSQL(REVOKE.format(tables=", ".join(APPEND_ONLY)), migrations.RunSQL.noop),
    ]
