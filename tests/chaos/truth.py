"""What the database says, against what the clients were told and what the bank holds."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import httpx
import psycopg

from tests.chaos.crowd import Log
from tests.running import Running

DONE = "SELECT count(*) FROM orders_callback WHERE state = 'processed'"
SETTLED = """
SELECT p.code, extract(epoch FROM y.settled_at) FROM orders_purchase p JOIN orders_payment y ON y.purchase_id = p.id
WHERE p.status = 'paid' AND y.status = 'settled' AND p.code = ANY(%s)
"""


def rows(shop: Running, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask the demo's database over a connection of its own: the last one may have died."""
    with psycopg.connect(shop.database_url, connect_timeout=3) as connection:
        return connection.execute(query, values).fetchall()


def in_callback_window(shop: Running, seconds: float) -> bool:
    """Wait until a message is stored and not yet understood; false when none came in time."""
    deadline = time.monotonic() + seconds
    with psycopg.connect(shop.database_url, connect_timeout=3, autocommit=True) as connection:
        while time.monotonic() < deadline:
            query = "SELECT 1 FROM orders_callback WHERE state IN ('received', 'failed') LIMIT 1"
            if connection.execute(query).fetchone():
                return True
            time.sleep(0.003)
    return False


def wait_at_work(shop: Running, seconds: float) -> None:
    """Wait until one more message is understood than now: who is still starting has nothing to be killed in."""
    deadline = time.monotonic() + seconds
    with psycopg.connect(shop.database_url, connect_timeout=3, autocommit=True) as connection:
        before = connection.execute(DONE).fetchone()
        while connection.execute(DONE).fetchone() == before:
            assert time.monotonic() < deadline, f"nothing was understood in {seconds:.0f} s"
            time.sleep(0.02)


def wait_settled(shop: Running, codes: Sequence[str], seconds: float) -> dict[str, float]:
    """Wait until every purchase is paid and settled; returns when each was. Fails naming the lost ones."""
    deadline = time.monotonic() + seconds
    found: dict[str, float] = {}
    while len(found) < len(codes):
        with suppress(psycopg.OperationalError):
            found = {code: float(at) for code, at in rows(shop, SETTLED, list(codes))}
        assert len(found) == len(codes) or time.monotonic() < deadline, lost(shop, set(codes) - set(found))
        time.sleep(0.2)
    return found


def lost(shop: Running, codes: set[str]) -> str:
    """Say what is known of purchases that were not settled in time."""
    query = """
        SELECT a.code, a.status, a.asked, a.ask_at - now(), a.error,
            (SELECT array_agg(c.state || ' ' || c.claimed_status || ' ' || c.error) FROM orders_callback c
             WHERE c.order_id = a.code)
        FROM orders_paymentattempt a WHERE left(a.code, 11) = ANY(%s)
    """
    return f"{len(codes)} not settled: {rows(shop, query, list(codes))}"


def hold(shop: Running, log: Log) -> dict[str, int]:
    """Compare the clients' log with the database and the bank, and the books with themselves."""
    assert log.faults == []
    keys = [bought.key for bought in log.bought]
    kept = rows(shop, "SELECT idem_key, code, total FROM orders_purchase WHERE idem_key = ANY(%s)", keys)
    told = sorted((bought.key, bought.code, bought.total) for bought in log.bought)
    assert sorted(kept) == told, "an acknowledged purchase is missing, doubled or another one"
    entries = Counter(
        code
        for (code,) in rows(
            shop,
            "SELECT p.code FROM orders_entry e JOIN orders_purchase p ON p.id = e.purchase_id WHERE e.kind = 'settled'"
            " AND p.idem_key = ANY(%s)",
            keys,
        )
    )
    doubled = sum(number - 1 for number in entries.values())
    notices = rows(
        shop,
        "SELECT kind, ref, channel, count(*) FROM notices_notice WHERE left(ref, 11) = ANY(%s)"
        " GROUP BY kind, ref, channel, user_id, email HAVING count(*) > 1",
        [bought.code for bought in log.bought],
    )
    assert (doubled, notices) == (0, [])
    at_the_bank = httpx.get(f"{shop.simulator}/ctl/transactions/", timeout=20).json()["results"]
    codes = {bought.code for bought in log.bought}
    charges = Counter(tx["order_id"][:11] for tx in at_the_bank if tx["order_id"][:11] in codes)
    assert set(charges.values()) <= {1}, "charged twice"
    books = shop.manage("check_books")
    assert (books.returncode, books.stdout) == (0, "")
    return {"purchases": len(told), "settled": len(entries), "lost": 0, "doubled": doubled}
