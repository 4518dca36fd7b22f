"""Many purchases that wait for money, copied in the database from one that was really bought, and known to the provider."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
import psycopg
from psycopg import sql

from simulator.bank import TIME, WIB
from tests.running import Running

AT_ONCE = 500
COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_name = %s AND column_name <> 'id' AND is_generated = 'NEVER' ORDER BY ordinal_position
"""


@dataclass(frozen=True)
class Due:
    """One attempt that can be paid."""

    code: str
    attempt: str
    total: int


def copy(shop: Running, codes: list[str], many: int) -> list[Due]:
    """Copy each of these purchases so many times, rows and provider's side; returns what can be paid."""
    found: list[Due] = []
    with psycopg.connect(shop.database_url) as connection:
        for number, code in enumerate(codes):
            found += _copy_one(connection, code, f"{number:02d}", many)
    _let_the_provider_know(shop, found, codes)
    return found


def _copy_one(connection: psycopg.Connection[Any], code: str, tag: str, many: int) -> list[Due]:
    fresh = f"'BB-{tag}' || lpad(n::text, 6, '0')"
    renamed = f"replace(t.code, '{code}', {fresh})"
    parent = f"(SELECT u.id FROM orders_purchase u WHERE u.code = {fresh})"
    order = f"(SELECT o.id FROM orders_order o WHERE o.purchase_id = {parent})"
    payment = f"(SELECT y.id FROM orders_payment y WHERE y.purchase_id = {parent})"
    chosen = f"SELECT id FROM orders_purchase WHERE code = '{code}'"
    steps: list[tuple[str, str, dict[str, str]]] = [
        ("orders_purchase", f"t.code = '{code}'", {"code": fresh, "idem_key": f"'{tag}-' || n"}),
        ("orders_order", f"t.purchase_id = ({chosen})", {"code": renamed, "purchase_id": parent}),
        ("orders_orderline", f"t.order_id IN (SELECT id FROM orders_order WHERE purchase_id = ({chosen}))", {"order_id": order}),
        ("orders_payment", f"t.purchase_id = ({chosen})", {"purchase_id": parent}),
        (
            "orders_paymentattempt",
            f"t.payment_id IN (SELECT id FROM orders_payment WHERE purchase_id = ({chosen}))",
            {"code": renamed, "payment_id": payment, "transaction_id": "gen_random_uuid()::text", "lease_until": "NULL",
             "ask_at": "now() + interval '1 minute'", "asked": "0"},
        ),
        ("catalog_reservation", f"t.ref LIKE '{code}%%'", {"ref": f"replace(t.ref, '{code}', {fresh})"}),
    ]  # fmt: skip
    for table, condition, changes in steps:
        _multiply(connection, table, condition, changes, many)
    connection.execute(
        "UPDATE catalog_variant v SET reserved = v.reserved + l.quantity * %s FROM orders_orderline l"
        " JOIN orders_order o ON o.id = l.order_id JOIN orders_purchase u ON u.id = o.purchase_id"
        " WHERE v.id = l.variant_id AND u.code = %s",
        [many, code],
    )
    rows = connection.execute(
        "SELECT u.code, a.code, u.total FROM orders_purchase u JOIN orders_payment y ON y.purchase_id = u.id"
        " JOIN orders_paymentattempt a ON a.payment_id = y.id WHERE left(u.code, 5) = %s AND u.idem_key LIKE %s",
        [f"BB-{tag}", f"{tag}-%"],  # a code that was drawn by lot may begin alike
    )
    return [Due(*row) for row in rows]


def _multiply(connection: psycopg.Connection[Any], table: str, condition: str, changes: dict[str, str], many: int) -> None:
    names = [name for (name,) in connection.execute(COLUMNS, [table])]
    values = ", ".join(changes.get(name, f"t.{name}") for name in names)
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    text = f"SELECT {values} FROM {table} t, generate_series(1, {many}) n WHERE {condition}".replace("%%", "%")
    connection.execute(sql.SQL("INSERT INTO {} ({}) ").format(sql.Identifier(table), columns) + sql.SQL(text))


def _let_the_provider_know(shop: Running, due: list[Due], codes: list[str]) -> None:
    now = datetime.now(tz=WIB)
    until, at = (now + timedelta(days=1)).strftime(TIME), now.strftime(TIME)
    with psycopg.connect(shop.database_url) as connection:
        known = connection.execute(
            "SELECT a.code, a.transaction_id, a.gross FROM orders_paymentattempt a WHERE a.code = ANY(%s)",
            [[one.attempt for one in due]],
        ).fetchall()
    rows = [
        {"order_id": code, "transaction_id": tx or str(uuid.uuid4()), "payment_type": "bank_transfer", "bank": "bca",
         "gross_amount": gross, "status": "pending", "transaction_time": at, "expiry_time": until}
        for code, tx, gross in known
    ]  # fmt: skip
    for start in range(0, len(rows), AT_ONCE):
        wanted = {"transactions": rows[start : start + AT_ONCE]}
        httpx.post(f"{shop.simulator}/ctl/import/", json=wanted, timeout=60).raise_for_status()
