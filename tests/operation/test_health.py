"""Ready: only a lost database or a full disk takes the shop away; the rest is said and sold on."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.db import DatabaseError
from django.db.models.functions import Now
from django.test import Client
from pytest_django.fixtures import Settings

from bebeli.kit.models import Heartbeat
from bebeli.kit.worker import SCHEDULED
from bebeli.orders import tasks

pytestmark = pytest.mark.django_db


class Disk(NamedTuple):
    """What the machine says of a disk."""

    total: int
    used: int
    free: int


def everything_beats() -> None:
    for task in SCHEDULED:
        Heartbeat.objects.all().beat(task, 5)


def test_all_well(client: Client) -> None:
    everything_beats()
    answer = client.get("/health/ready")
    said = answer.json()
    assert (answer.status_code, said["status"]) == (200, "ok")
    assert {part: said[part]["status"] for part in ("database", "broker", "sweepers", "disk")} == dict.fromkeys(
        ("database", "broker", "sweepers", "disk"), "ok"
    )
    assert said["sweepers"]["late"] == []
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_late_sweeper_degrades_and_is_named(client: Client) -> None:
    everything_beats()
    Heartbeat.objects.filter(task="orders.expire").update(at=Now() - timedelta(seconds=60 + 4 * 30 + 5))
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["sweepers"]["late"] == ["orders.expire"]
    assert answer.json()["sweepers"]["oldest_s"] == pytest.approx(185, abs=5)


def test_a_sweeper_that_never_ran_is_late(client: Client) -> None:
    everything_beats()
    Heartbeat.objects.filter(task="notices.sweep").delete()
    assert client.get("/health/ready").json()["sweepers"]["late"] == ["notices.sweep"]


def test_a_dead_broker_degrades(client: Client, settings: Settings) -> None:
    everything_beats()
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"], answer.json()["broker"]["status"]) == (200, "degraded", "down")


def test_no_database_is_unavailable(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> Any:
        raise DatabaseError

    monkeypatch.setattr("bebeli.health.connection.cursor", gone)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
    assert "sweepers" not in answer.json()


@pytest.mark.parametrize(("free", "status", "word"), [(10**8, 503, "full"), (10**9, 200, "low"), (10**11, 200, "ok")])
def test_room_to_write(client: Client, monkeypatch: pytest.MonkeyPatch, free: int, status: int, word: str) -> None:
    everything_beats()
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Disk(10**12, 10**12 - free, free))
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["disk"]["status"]) == (status, word)


def test_a_task_of_the_schedule_leaves_a_heartbeat_and_another_does_not() -> None:
    tasks.expire()
    tasks.settle_callback(0)
    assert list(Heartbeat.objects.values_list("task", flat=True)) == ["orders.expire"]


def test_a_task_that_fails_leaves_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError

    monkeypatch.setattr("bebeli.orders.flows.reconcile.expire_due", fail)
    with pytest.raises(RuntimeError):
        tasks.expire()
    assert not Heartbeat.objects.exists()


def test_a_second_beat_moves_the_first() -> None:
    for ms in (5, 7):
        Heartbeat.objects.all().beat("orders.expire", ms)
    assert Heartbeat.objects.get().ms == 7
    assert Heartbeat.objects.all().ages()["orders.expire"] < 60
