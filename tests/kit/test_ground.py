"""The ground: money, paging, locks, steps, cache, limits, origin."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import transaction
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from bebeli.accounts.models import User
from bebeli.catalog.models import Variant
from bebeli.kit import clock, money, throttle
from bebeli.kit.cache import FailOpenRedisCache
from bebeli.kit.locks import Locks
from bebeli.kit.origin import is_same_origin
from bebeli.kit.paging import page
from bebeli.kit.sealed import masked, seal, unseal
from bebeli.kit.steps import assert_open
from bebeli.orders.models import Order, Purchase
from tests import world


@given(total=st.integers(0, 10**12), weights=st.dictionaries(st.integers(), st.integers(0, 10**9), min_size=1, max_size=9))
def test_parts_sum_to_the_whole(total: int, weights: dict[int, int]) -> None:
    parts = money.split(total, weights)
    assert sum(parts.values()) == total
    if whole := sum(weights.values()):
        assert all(abs(parts[key] - total * weights[key] / whole) <= 1 for key in weights)


def test_rounding() -> None:
    assert (money.half_up(10, 500), money.half_up(9, 500), money.down(199, 50)) == (1, 0, 0)
    assert money.rupiah(1_284_500) == "Rp1.284.500"
    assert money.rupiah(-5) == "-Rp5"


@pytest.mark.django_db
def test_pages_walk_both_ways_over_ties() -> None:
    for number in range(7):
        User.objects.create(email=f"u{number}@example.com", name="sama" if number % 2 else "lain")
    rows, cursor, seen = User.objects.all(), "", []
    while True:
        found = page(rows, ("name", "-id"), cursor, 3)
        seen += [row.pk for row in found.rows]
        if not found.next:
            break
        cursor = found.next
    assert seen == list(rows.order_by("name", "-id").values_list("pk", flat=True))
    back = page(rows, ("name", "-id"), found.previous, 3)
    assert [row.pk for row in back.rows] == seen[3:6]
    assert [row.pk for row in page(rows, ("name", "-id"), "rubbish", 3).rows] == seen[:3]


@pytest.mark.django_db
def test_locks_only_go_down_the_order() -> None:
    goods = world.variant()
    with transaction.atomic():
        locks = Locks()
        locks.rows(Variant, [goods.pk])
        with pytest.raises(RuntimeError, match="Order must be locked before variant"):
            locks.rows(Order, [1])
        with pytest.raises(Purchase.DoesNotExist):
            Locks().row(Purchase, 0)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_steps_need_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        assert_open()


def test_a_dead_cache_is_a_miss_and_soon() -> None:
    dead = FailOpenRedisCache("redis://127.0.0.1:9/0", {"OPTIONS": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}})
    begin = time.monotonic()
    dead.set("a", 1)
    assert dead.get("a", "none") == "none"
    assert dead.get_many(["a"]) == {}
    assert dead.add("a", 1) is True
    with pytest.raises(ValueError, match="a"):
        dead.incr("a")
    assert time.monotonic() - begin < 1.0


def test_limits_count_also_without_redis(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RATE_LIMITS = True
    dead = FailOpenRedisCache("redis://127.0.0.1:9/0", {"OPTIONS": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}})
    monkeypatch.setattr(throttle, "cache", dead)
    waits = [throttle.too_many("uji", 3, 3600) for _number in range(5)]
    assert waits[:3] == [0, 0, 0]
    assert min(waits[3:]) > 0


@pytest.mark.parametrize(
    ("headers", "same"),
    [
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, True),
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"}, False),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, False),
        ({"HTTP_ORIGIN": "http://testserver"}, True),
        ({"HTTP_ORIGIN": "http://evil.example"}, False),
        ({"HTTP_ORIGIN": "null"}, False),
        ({}, False),
    ],
)
def test_only_our_own_pages_may_add_to_a_cart(headers: dict[str, Any], same: bool) -> None:  # noqa: FBT001
    assert is_same_origin(RequestFactory().post("/keranjang/tambah/", **headers)) is same


def test_sealed_text() -> None:
    box = seal("1234567890")
    assert "1234567890" not in box
    assert unseal(box) == "1234567890"
    assert masked("1234567890") == "••••••7890"


def test_time_is_moved_for_the_block_only() -> None:
    before = clock.now()
    with clock.standing_at(before.replace(year=2030)):
        assert clock.now().year == 2030
    assert clock.now().year == before.year
