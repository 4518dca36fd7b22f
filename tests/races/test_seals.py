"""Sealing the books beside running transactions."""

from __future__ import annotations

import time

import pytest
from django.db import connection

from bebeli.orders import books
from bebeli.orders.actions.seal_entries import seal_entries
from bebeli.orders.models import Entry, EntrySeal
from bebeli.orders.tasks import seal_entries as seal_by_beat
from tests import world

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PATIENCE_SECONDS = 600.0  # tests beside these share the server, and their transactions hold seals back too


def seal_at_last(wanted: int) -> None:
    """Seal as beat does, again and again, until so many entries have their seal."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while EntrySeal.objects.count() < wanted:
        assert time.monotonic() < deadline
        seal_by_beat()
        time.sleep(0.2)


def test_beat_seals_what_is_committed_and_each_entry_once() -> None:
    world.paid(world.user(), (world.variant(), 1))
    world.paid(world.user(), (world.variant(), 1))
    seal_at_last(2)
    assert seal_entries() == 0
    seals = list(EntrySeal.objects.order_by("pk"))
    assert [seal.entry_id for seal in seals] == list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    assert [seal.prev for seal in seals] == ["", seals[0].hash]
    assert books.check(is_whole=True) == []


def test_another_running_transaction_holds_the_seal_back() -> None:
    world.paid(world.user(), (world.variant(), 1))
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN; SELECT pg_current_xact_id()")
            world.paid(world.user(), (world.variant(), 1))
            seal_at_last(1)
            assert (seal_entries(), EntrySeal.objects.count()) == (0, 1)
            cursor.execute("ROLLBACK")
        seal_at_last(2)
    finally:
        other.close()
