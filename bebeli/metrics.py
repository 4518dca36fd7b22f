"""What a watchman scrapes: orders, payments, queues and their ages, as Prometheus text. Never public."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from ipaddress import ip_address
from time import monotonic

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from bebeli import health
from bebeli.kit.access import public
from bebeli.kit.models import Heartbeat

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
KEPT_SECONDS = 10  # queues
KEPT_TOTALS_SECONDS = 60  # counts over whole tables
REST = 300  # what took long is kept so many times as long, so that counting never fills the day however many rows there are
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")

Sample = tuple[str, float]  # labels and value
Family = tuple[str, str, list[Sample]]  # name, help, samples

ASTRAY = "SELECT 'unnamed', unnamed FROM kit_filesrun UNION ALL SELECT 'missing', missing FROM kit_filesrun"
ORPHANS = """
SELECT provider, count(*) FROM (SELECT provider FROM orders_callback
    WHERE state = 'orphan' AND received_at > now() - interval '7 days' LIMIT 1000) AS latest GROUP BY provider
"""
TOTALS = (
    ("bebeli_orders", "orders by status", "status", "SELECT status, count(*) FROM orders_order GROUP BY status"),
    ("bebeli_payments", "payments by status", "status", "SELECT status, count(*) FROM orders_payment GROUP BY status"),
    ("bebeli_files_astray", "files without a row, rows without their file", "kind", ASTRAY),
    ("bebeli_callbacks_orphan", "rightly signed messages of a week about no payment of ours", "provider", ORPHANS),
)
QUEUES = {  # name: how many wait, and since how many seconds the oldest is due; each by its own partial index
    "callbacks": "SELECT count(*), min(next_at) FROM orders_callback WHERE state IN ('received', 'failed')",
    "notices": "SELECT count(*), min(next_at) FROM notices_notice WHERE state = 'pending'",
    "refunds": "SELECT count(*), min(next_at) FROM orders_refund WHERE channel = 'provider' AND state IN ('approved', 'sent')",
    "attempts": "SELECT count(*), min(ask_at) FROM orders_paymentattempt WHERE status IN ('created', 'pending')",
    "unpaid": "SELECT count(*), min(provider_until) FROM orders_payment WHERE status IN ('created', 'pending', 'denied')",
    "unanswered": "SELECT count(*), min(answer_by) FROM orders_order WHERE status = 'paid'",
}
WAITING = " UNION ALL ".join(
    f"SELECT '{name}', waiting, greatest(0, extract(epoch FROM now() - due)) FROM ({asked}) AS {name} (waiting, due)"
    for name, asked in QUEUES.items()
)
LAG = """
SELECT coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY lag), 0), coalesce(max(lag), 0) FROM (
    SELECT extract(epoch FROM done_at - received_at) AS lag FROM orders_callback
    WHERE done_at IS NOT NULL ORDER BY id DESC LIMIT 200
) AS latest
"""


@public
@never_cache
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures; for anybody but this machine and the bearer of METRICS_TOKEN the place does not exist."""
    if not may_read(request):
        raise Http404
    return HttpResponse(text(), content_type=CONTENT_TYPE)


def may_read(request: HttpRequest) -> bool:
    """Tell whether a token fits, or the caller is a program of this machine and not a proxy's visitor."""
    if given := request.headers.get("Authorization", "").removeprefix("Bearer "):
        token = settings.METRICS_TOKEN
        return bool(token) and hmac.compare_digest(given.encode(), token.encode())
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def text() -> str:
    """Return all families in Prometheus' text format."""
    return "".join(rendered(family) for family in [*_kept("totals", KEPT_TOTALS_SECONDS), *_kept("queues", KEPT_SECONDS), *now()])


def rendered(family: Family) -> str:
    """Return one family: its help, its type, its samples."""
    name, meaning, samples = family
    lines = [f"# HELP {name} {meaning}", f"# TYPE {name} gauge", *(f"{name}{labels} {value:.15g}" for labels, value in samples)]
    return "\n".join(lines) + "\n"


def label(**labels: str) -> str:
    """Return labels as the format wants them, its three special characters escaped."""
    escaped = ((name, value.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")) for name, value in labels.items())
    return "{" + ",".join(f'{name}="{value}"' for name, value in escaped) + "}"


def totals() -> Iterator[Family]:
    """Count over whole tables, by status."""
    with connection.cursor() as cursor:
        for name, meaning, by, asked in TOTALS:
            cursor.execute(asked)
            yield name, meaning, [(label(**{by: status}), float(count)) for status, count in sorted(cursor.fetchall())]


def queues() -> Iterator[Family]:
    """Ask what waits, for how long, and how late callbacks are understood."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        rows = [(label(queue=name), float(waiting), float(age or 0)) for name, waiting, age in cursor.fetchall()]
        cursor.execute(LAG)
        middle, longest = cursor.fetchone() or (0, 0)
    yield "bebeli_queue_waiting", "rows that wait", [(name, waiting) for name, waiting, _age in rows]
    yield "bebeli_queue_overdue_seconds", "how long the oldest row is overdue", [(name, age) for name, _waiting, age in rows]
    lags = [(label(quantile="0.5"), float(middle)), (label(quantile="1"), float(longest))]
    yield "bebeli_callback_lag_seconds", "from receiving to understanding, of the latest 200 callbacks", lags


def now() -> Iterator[Family]:
    """Ask what is never kept: heartbeats and room."""
    ages = [(label(task=task), age) for task, age in sorted(Heartbeat.objects.all().ages().items())]
    yield "bebeli_sweeper_age_seconds", "since a task of the schedule last ended well", ages
    yield "bebeli_disk_free_bytes", "room where pictures are written", [("", float(health.free_bytes()))]


FAMILIES = {"totals": totals, "queues": queues}


def _kept(name: str, seconds: int) -> list[Family]:
    key = f"metrics:{name}"
    kept: list[Family] | None = cache.get(key)
    if kept is None:
        begin = monotonic()
        kept = list(FAMILIES[name]())
        cache.set(key, kept, max(seconds, int((monotonic() - begin) * REST)))
    return kept
