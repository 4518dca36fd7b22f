"""Two officers and two tabs at one remittance. Each with the guard taken off."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.orders import books
from bebeli.orders.actions.approve_remittance import approve_remittance
from bebeli.orders.actions.book_remittance import book_remittance
from bebeli.orders.actions.propose_remittance import propose_remittance
from bebeli.orders.models import Entry, Remittance
from tests import payees, world
from tests.races.crowd import all_at_once
from tests.races.guards import unlock
from tests.sizes import size

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

TABS = size("RACE_REMITTANCE_TABS", 8, 100)


@pytest.fixture
def approved() -> Remittance:
    """All the income tax of one sale, approved."""
    world.rates_today(commission=500, vat=1100, income_tax=50, pmk37=1)
    payees.earned(world.seller(), 200_000)
    found = propose_remittance("pph22", clock.today(), 1_000, 0, world.finance().pk)
    return approve_remittance(found.pk, world.finance().pk)


def book(found: Remittance) -> list[str]:
    def act(_number: int) -> str:
        try:
            return book_remittance(found.pk, found.proposed_by_id, "NTPN 12345", world.PROOF).state
        except Refused as refusal:
            return refusal.code
        except IntegrityError:
            return "database"

    return all_at_once(act, range(TABS), 8)


def test_pressed_in_many_tabs_it_is_booked_once(approved: Remittance) -> None:
    assert set(book(approved)) <= {"booked", "busy"}
    assert Entry.objects.filter(kind="remitted").count() == 1
    assert books.check() == []


def test_without_the_lock_only_the_database_lets_one_through(approved: Remittance, monkeypatch: pytest.MonkeyPatch) -> None:
    unlock(monkeypatch)
    assert "database" in book(approved)
    assert Entry.objects.filter(kind="remitted").count() == 1


def test_two_who_propose_at_once_are_one(approved: Remittance) -> None:
    Remittance.objects.update(state="dropped", ended_at=clock.now(), ended_by=approved.proposed_by_id)
    people = [world.finance().pk for _number in range(4)]

    def act(user_id: int) -> str:
        try:
            return propose_remittance("pph22", clock.today(), 1_000, 0, user_id).state
        except Refused as refusal:
            return refusal.code

    answers = all_at_once(act, people, 4)
    assert (answers.count("proposed"), Remittance.objects.open().count()) == (1, 1)
    assert set(answers) <= {"proposed", "remittance_open", "busy"}
