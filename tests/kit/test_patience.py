"""Who waits for rows that somebody holds is told so in one waiting time, also when it was tried twice."""

from __future__ import annotations

import time
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from bebeli.kit.errors import Busy
from bebeli.kit.steps import retried, verb
from tests import world

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

WAIT = 0.6


def patience() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize("early", [0.0, 0.3])
def test_two_tries_wait_no_longer_than_one(settings: Any, early: float) -> None:
    """The first try waits in vain, or fails early as in a deadlock; the second has what is left."""
    usual = patience()
    settings.LOCK_WAIT_SECONDS = WAIT
    held, tries = world.variant(), []

    @verb
    def take() -> None:
        tries.append(patience())
        if early and len(tries) == 1:
            time.sleep(early)
            raise Busy
        with connection.cursor() as cursor:
            if len(tries) == 1:
                cursor.execute(f"SET LOCAL lock_timeout = '{int(WAIT * 1000)}ms'")
            cursor.execute("SELECT 1 FROM catalog_variant WHERE id = %s FOR NO KEY UPDATE", [held.pk])

    with psycopg.connect(**{**connection.get_connection_params(), "cursor_factory": None, "context": None}) as other:
        other.execute("SELECT 1 FROM catalog_variant WHERE id = %s FOR NO KEY UPDATE", [held.pk])
        begin = time.monotonic()
        with pytest.raises(Busy):
            retried(take)
        took = time.monotonic() - begin
    assert len(tries) == (2 if early else 1)
    assert WAIT - 0.05 <= took < WAIT + 0.25
    retried(take)  # the row is free, and the next one waits as long as ever
    assert patience() == usual == "3s"


def test_who_stands_still_inside_a_transaction_lets_go() -> None:
    """A worker that was stopped with rows in its hands may never go on; others must be able to take them."""
    held, asked = world.variant(), connection.get_connection_params()
    sooner = asked["options"].replace(f"session_timeout={settings.IDLE_SECONDS}s", "session_timeout=200ms")
    with psycopg.connect(**{**asked, "options": sooner, "cursor_factory": None, "context": None}) as other:
        other.execute("SELECT 1 FROM catalog_variant WHERE id = %s FOR NO KEY UPDATE", [held.pk])
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM catalog_variant WHERE id = %s FOR NO KEY UPDATE", [held.pk])
        with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout):
            other.execute("SELECT 1")
        other.close()
    with connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("10min",)  # of the tests; 60 seconds of the shop
