"""The provider's doors, for money in and money out: size cap → signature → store → 200. Nothing else happens here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bebeli.kit import clock, logs
from bebeli.kit.access import public
from bebeli.kit.ring import ring
from bebeli.kit.throttle import network_of, used_by_now
from bebeli.orders.gateway.signature import is_body_signed, is_signed

MAX_BYTES = 64 * 1024
BAD_SIGNATURES_A_MINUTE = 20
KEPT_HEADERS = ("User-Agent", "Content-Type")


@dataclass(frozen=True)
class Source:
    """Who writes, under which names it says what it is about, and who is rung for it, alone or in a crowd."""

    provider: str
    names: tuple[str, str]
    status: str
    task: str
    crowd: str


MIDTRANS = Source("midtrans", ("order_id", "transaction_id"), "transaction_status", "orders.settle", "orders.sweep_callbacks")
IRIS = Source("iris", ("reference_no", "reference_no"), "status", "orders.settle_payout", "orders.sweep_payouts")
STORE = """
INSERT INTO orders_callback (provider, sha256, raw, headers, network, is_signed, order_id, transaction_id,
    claimed_status, state, seen, tries, next_at, received_at, error)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 1, 0, %s, %s, '')
ON CONFLICT (provider, sha256) DO UPDATE SET seen = orders_callback.seen + 1
RETURNING id, state
"""


@csrf_exempt
@public
@require_POST
def midtrans_notify(request: HttpRequest) -> HttpResponse:
    """Store what came about a payment, once per body, and ring."""
    return _take(request, MIDTRANS, lambda _raw, body: is_signed(body, settings.MIDTRANS_SERVER_KEY))


@csrf_exempt
@public
@require_POST
def iris_notify(request: HttpRequest) -> HttpResponse:
    """Store what came about a payout, once per body, and ring; its signature covers the whole body."""
    given = request.headers.get("Iris-Signature", "")
    return _take(request, IRIS, lambda raw, _body: is_body_signed(raw, given, settings.IRIS_MERCHANT_KEY))


def _take(request: HttpRequest, source: Source, check: Callable[[bytes, dict[str, Any]], bool]) -> HttpResponse:
    """Store and ring; 503 while the database is away, 403 for a wrong signature."""
    if int(request.headers.get("Content-Length") or 0) > MAX_BYTES:
        return HttpResponse(status=413)
    raw = request.body
    body = read(raw)
    if body is None:
        return HttpResponse("not json", status=400, content_type="text/plain")
    signed = check(raw, body)
    network = network_of(request)
    if not signed:
        logs.security("callback_unsigned", network=network)
    if not signed and not _may_store_rubbish(network):
        return HttpResponse(status=403)
    try:
        store(source, raw, body, request, network, is_signed=signed)
    except (DatabaseError, InterfaceError):
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    return HttpResponse("OK" if signed else "", status=200 if signed else 403, content_type="text/plain")


def read(raw: bytes) -> dict[str, Any] | None:
    """Return the JSON object, or None for anything else."""
    if len(raw) > MAX_BYTES:
        return None
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def store(
    source: Source, raw: bytes, body: dict[str, Any], request: HttpRequest, network: str | None, *, is_signed: bool
) -> None:
    """Insert the message, or count it once more; a message not yet processed rings again.

    One statement is its own transaction: opening one around it would only cost two more journeys to the database.
    """
    now = clock.now()
    headers = {name: request.headers[name][:200] for name in KEPT_HEADERS if name in request.headers}
    headers["X-Request-ID"] = logs.request_id()
    values = [
        source.provider,
        hashlib.sha256(raw).hexdigest(),
        raw,
        json.dumps(headers),
        network,
        is_signed,
        *(text(body, name, 64) for name in source.names),
        text(body, source.status, 24).lower(),
        "received" if is_signed else "rejected",
        now,
        now,
    ]
    with connection.cursor() as cursor:
        cursor.execute(STORE, values)
        row = cursor.fetchone()
    if row is not None and row[1] in {"received", "failed"}:
        ring(source.task, row[0], crowd=source.crowd)


def text(body: dict[str, Any], name: str, size: int) -> str:
    """Return a string field, cut, without NUL and halves of characters, which Postgres cannot keep."""
    value = body.get(name)
    return value.replace("\0", "").encode("utf-8", "ignore").decode()[:size] if isinstance(value, str) else ""


def _may_store_rubbish(network: str | None) -> bool:
    return used_by_now(f"callback-rubbish:{network}", 60) <= BAD_SIGNATURES_A_MINUTE
