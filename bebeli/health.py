"""Whether the process lives, and whether the shop can serve: what a proxy and a watchman ask."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from bebeli.kit.access import public
from bebeli.kit.models import Heartbeat

MISSED, PATIENCE = 4, 60.0  # a task is late when it missed four turns and a minute
LOW_BYTES, FULL_BYTES = 2_000_000_000, 200_000_000
BROKER_SECONDS = 0.3


@dataclass
class Health:
    """What each part says; `verdict` is ok, degraded (the shop sells on) or unavailable."""

    verdict: str = "ok"
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def say(self, part: str, status: str, weight: str = "ok", **facts: Any) -> None:
        """Add what one part says; the weightiest counts."""
        order = ("ok", "degraded", "unavailable")
        self.verdict = max(self.verdict, weight, key=order.index)
        self.parts[part] = {"status": status, **facts}


@public
@never_cache
@require_GET
def live(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@public
@never_cache
@require_GET
def ready(_request: HttpRequest) -> HttpResponse:
    """The shop can serve: 503 only without its database or without room to write; the rest only degrades it."""
    health = look()
    body = {"status": health.verdict, **health.parts}
    return JsonResponse(body, status=503 if health.verdict == "unavailable" else 200)


def look() -> Health:
    """Ask every part once."""
    health = Health()
    if _database(health):
        _sweepers(health)
    _broker(health)
    _disk(health)
    return health


def late(ages: dict[str, float]) -> list[str]:
    """Return the tasks of the schedule that did not end well for too long, those that never did among them."""
    return sorted(
        {
            str(turn["task"])
            for turn in settings.CELERY_BEAT_SCHEDULE.values()
            if ages.get(str(turn["task"]), float("inf")) > PATIENCE + MISSED * seconds_between(turn["schedule"])
        }
    )


def seconds_between(schedule: Any) -> float:
    """Return how long a turn lasts: seconds as they stand, a time of day counts as a day."""
    return float(schedule) if isinstance(schedule, (int, float)) else 86_400.0


def _database(health: Health) -> bool:
    begin = time.perf_counter()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        health.say("database", "down", "unavailable")
        return False
    health.say("database", "ok", ms=round((time.perf_counter() - begin) * 1000, 1))
    return True


def _sweepers(health: Health) -> None:
    try:
        ages = Heartbeat.objects.all().ages()
    except DatabaseError:
        health.say("sweepers", "unknown", "degraded")
        return
    behind = late(ages)
    oldest = round(max(ages.values()), 1) if ages else None
    health.say("sweepers", "late" if behind else "ok", "degraded" if behind else "ok", oldest_s=oldest, late=behind)


def _broker(health: Health) -> None:
    asked = redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=BROKER_SECONDS, socket_connect_timeout=BROKER_SECONDS, retry=None
    )
    begin = time.perf_counter()
    try:
        asked.ping()
    except (redis.RedisError, OSError):
        health.say("broker", "down", "degraded")
    else:
        health.say("broker", "ok", ms=round((time.perf_counter() - begin) * 1000, 1))
    finally:
        asked.close()


def free_bytes() -> int:
    """Return the room left where pictures are written."""
    place = Path(settings.MEDIA_ROOT)
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free


def _disk(health: Health) -> None:
    free = free_bytes()
    gigabytes = round(free / 1e9, 1)
    if free < FULL_BYTES:
        health.say("disk", "full", "unavailable", free_gb=gigabytes)
    elif free < LOW_BYTES:
        health.say("disk", "low", "degraded", free_gb=gigabytes)
    else:
        health.say("disk", "ok", free_gb=gigabytes)
