"""The figures of a watchman: exact, few queries, nobody else's to read."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from bebeli import metrics
from bebeli.kit import clock
from bebeli.kit.models import Heartbeat
from bebeli.notices.models import Notice
from bebeli.orders.models import Callback
from tests import world

pytestmark = pytest.mark.django_db

LINE = re.compile(r'^(?:# (?:HELP|TYPE) [a-z_]+ .+|[a-z_]+(?:\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? -?[0-9.e+]+)$')


def test_the_figures(client: Client) -> None:
    world.placed(world.user(), (world.variant(), 1))
    Notice.objects.update(next_at=clock.now() - timedelta(seconds=90))
    now = clock.now()
    values: dict[str, Any] = {"raw": b"", "is_signed": True, "received_at": now - timedelta(seconds=8)}
    Callback.objects.create(sha256="a" * 64, state="processed", done_at=now, **values)
    Callback.objects.create(sha256="b" * 64, state="failed", next_at=now - timedelta(seconds=30), **values)
    Heartbeat.objects.all().beat("orders.expire", 3)
    answer = client.get("/metrics")
    body = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert [line for line in body.splitlines() if not LINE.match(line)] == []
    assert 'bebeli_orders{status="awaiting_payment"} 1' in body
    assert re.search(r'bebeli_payments\{status="(created|pending)"\} 1', body)
    assert 'bebeli_queue_waiting{queue="callbacks"} 1' in body
    assert 'bebeli_queue_waiting{queue="notices"} 2' in body
    assert 'bebeli_callback_lag_seconds{quantile="1"} 8' in body
    assert 'bebeli_sweeper_age_seconds{task="orders.expire"}' in body
    assert 25 <= float(re.findall(r'overdue_seconds\{queue="callbacks"\} ([0-9.]+)', body)[0]) < 60
    assert 85 <= float(re.findall(r'overdue_seconds\{queue="notices"\} ([0-9.]+)', body)[0]) < 120


def test_a_second_look_asks_only_for_heartbeats(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(7):
        client.get("/metrics")
    with django_assert_num_queries(1):
        client.get("/metrics")


@pytest.mark.parametrize(("took", "seconds"), [(0.01, 60), (0.4, 120), (4.0, 1200)])
def test_what_took_long_to_count_is_kept_longer(monkeypatch: pytest.MonkeyPatch, took: float, seconds: int) -> None:
    ticks, kept = iter([0.0, took, 5.0, 5.0]), {}
    monkeypatch.setattr("bebeli.metrics.monotonic", lambda: next(ticks))
    monkeypatch.setattr("bebeli.metrics.cache.get", lambda _key: None)
    monkeypatch.setattr("bebeli.metrics.cache.set", lambda key, _value, keep: kept.update({key: keep}))
    metrics.text()
    assert kept == {"metrics:totals": seconds, "metrics:queues": 10}


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 404),
        ("127.0.0.1", {"x-forwarded-for": "192.0.2.7"}, 404),
        ("192.0.2.7", {"authorization": "Bearer right-token"}, 200),
        ("127.0.0.1", {"authorization": "Bearer wrong-token"}, 404),
        ("", {}, 404),
    ],
)
def test_who_may_read(client: Client, settings: Settings, address: str, headers: dict[str, str], status: int) -> None:
    settings.METRICS_TOKEN = "right-token"
    assert client.get("/metrics", headers=headers, REMOTE_ADDR=address).status_code == status


def test_without_a_token_none_fits(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    for given in ("Bearer ", "Bearer x"):
        assert client.get("/metrics", headers={"authorization": given}, REMOTE_ADDR="192.0.2.7").status_code == 404


def test_labels_are_escaped() -> None:
    assert metrics.label(x='a"b\\c\nd') == r'{x="a\"b\\c\nd"}'
