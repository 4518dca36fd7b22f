"""What the driver sends: pages, API lists and the provider's messages, as prepared bytes."""

from __future__ import annotations

import hashlib
import json
import random
import uuid
from collections.abc import Sequence

import psycopg

from bench.driver import PROCESSES, get
from bench.shoppers import a_network
from demo.layout import MERCHANT

Shares = list[list[bytes]]


def pages(port: int, paths: Sequence[str]) -> Shares:
    """Return the pages in turn, the same for each process."""
    return [[get(path, port) for path in paths] for _ in range(PROCESSES)]


def api_lists(port: int, many: int) -> Shares:
    """Return lists of 24 products, each asked from another network, so that no limit is reached."""
    dice = random.Random(24)  # noqa: S311  addresses, not secrets
    return [
        [get("/api/v1/products/", port, f"X-Forwarded-For: {a_network(dice)}\r\n") for _ in range(many)] for _ in range(PROCESSES)
    ]


def attempts(database_url: str, many: int) -> list[tuple[str, int]]:
    """Return the provider's order ids of the newest attempts, with their amounts."""
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("SELECT code, gross FROM orders_paymentattempt ORDER BY id DESC LIMIT %s", [many])
        return [(str(code), int(gross)) for code, gross in rows]


def messages(port: int, key: str, known: Sequence[tuple[str, int]], each: int) -> Shares:
    """Return rightly signed messages, no two bodies alike: every second about an attempt of ours, the others about strangers'."""
    dice = random.Random(15)  # noqa: S311  as above
    return [
        [_message(port, key, dice, known[at % len(known)] if at % 2 else None) for at in range(each)] for _ in range(PROCESSES)
    ]


def _message(port: int, key: str, dice: random.Random, known: tuple[str, int] | None) -> bytes:
    code, gross = known or (f"ZZ-{dice.getrandbits(40):010X}-p1", dice.randrange(10_000, 900_000))
    amount = f"{gross}.00"
    body = json.dumps(
        {
            "transaction_time": "2026-11-24 10:00:00",
            "transaction_status": "pending",
            "transaction_id": str(uuid.UUID(int=dice.getrandbits(128))),
            "status_message": "midtrans payment notification",
            "status_code": "201",
            "signature_key": hashlib.sha512(f"{code}201{amount}{key}".encode()).hexdigest(),
            "payment_type": "bank_transfer",
            "order_id": code,
            "merchant_id": MERCHANT,
            "gross_amount": amount,
            "fraud_status": "accept",
            "currency": "IDR",
        }
    ).encode()
    head = (
        f"POST /pay/midtrans/notify HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: Veritrans\r\n"
        f"Content-Type: application/json\r\nX-Forwarded-For: {a_network(dice)}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
