"""The application's own role: it runs the whole shop and can change nothing of what was written for good."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import psycopg
import pytest
from psycopg import errors, sql

ROOT = Path(__file__).resolve().parent.parent.parent
FOR_GOOD = {
    "catalog_pricechange",
    "catalog_stockmovement",
    "orders_attemptevent",
    "orders_complaintmessage",
    "orders_document",
    "orders_entry",
    "orders_entryseal",
    "orders_orderevent",
    "orders_posting",
    "orders_refundword",
}
GUARDED = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%\\_append\\_only'"


def manage(url: str, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def shop() -> tuple[str, str]:
    """The addresses of the owner and of the application, in the service's own database, which no other test uses.

    It is made as `deploy/roles.sh` and a first release would make it, and filled by the application itself, once for all workers.
    """
    if "DATABASE_APP_URL" not in os.environ:
        pytest.skip("somebody else's database: its roles are not ours to know")
    owner, app = os.environ["DATABASE_URL"], os.environ["DATABASE_APP_URL"]
    assert owner != app
    with psycopg.connect(owner, autocommit=True) as alone:
        while not (alone.execute("SELECT pg_try_advisory_lock(1)").fetchone() or [False])[0]:
            time.sleep(0.2)  # waiting inside a statement would hold up an index that is built beside
        if (alone.execute("SELECT to_regclass('orders_order')").fetchone() or ("",))[0] is None:
            manage(owner, "migrate", "--verbosity=0")
            manage(app, "seed_load", "--products=20", "--sellers=2", "--buyers=2", "--orders=6", "--seed=7")
    return owner, app


@pytest.fixture
def as_app(shop: tuple[str, str]) -> Generator[psycopg.Connection, None, None]:
    with psycopg.connect(shop[1]) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def as_owner(shop: tuple[str, str]) -> Generator[psycopg.Connection, None, None]:
    with psycopg.connect(shop[0]) as connection:
        yield connection
        connection.rollback()


def test_the_application_runs_the_shop_with_what_it_may(shop: tuple[str, str]) -> None:
    assert manage(shop[1], "check_books") == ""


def test_the_application_may_not_change_what_was_written_for_good(as_app: psycopg.Connection) -> None:
    guarded = {row[0] for row in as_app.execute(GUARDED)}
    assert guarded >= FOR_GOOD
    for table in sorted(guarded):
        for change in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"):
            with pytest.raises(errors.InsufficientPrivilege), as_app.transaction():
                as_app.execute(sql.SQL(change).format(sql.Identifier(table)))
        assert as_app.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()


def test_the_application_may_not_take_the_guard_off(as_app: psycopg.Connection) -> None:
    for change in (
        "ALTER TABLE orders_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER orders_entry_append_only ON orders_entry",
        "DROP TABLE orders_posting",
        "SET session_replication_role = 'replica'",
        "CREATE TABLE beside (id int)",
    ):
        with pytest.raises(errors.InsufficientPrivilege), as_app.transaction():
            as_app.execute(change)
    as_app.execute("GRANT UPDATE ON orders_entry TO bebeli_app")  # PostgreSQL only warns that nothing was granted
    with pytest.raises(errors.InsufficientPrivilege):
        as_app.execute("UPDATE orders_entry SET kind = kind")


def test_the_owner_too_is_refused_by_the_rows(as_owner: psycopg.Connection) -> None:
    for table in ("orders_entry", "orders_posting", "orders_orderevent", "catalog_stockmovement"):
        for change in ("UPDATE {} SET id = id", "DELETE FROM {}"):
            with pytest.raises(errors.IntegrityConstraintViolation, match="append-only"), as_owner.transaction():
                as_owner.execute(sql.SQL(change).format(sql.Identifier(table)))
