"""Two officers end one case of money that went out twice at once. With the guard taken off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError

from bebeli.kit.errors import Refused
from bebeli.orders import books
from bebeli.orders.actions import recover_double as recovering
from bebeli.orders.actions.lock_double import Twice, refuse_other_eyes
from bebeli.orders.actions.recover_double import recover_double
from bebeli.orders.actions.write_off_double import approve_write_off, propose_write_off
from bebeli.orders.models import DoubleRefund, Entry
from tests.doubling import WHY, for_nothing, officers
from tests.orders.test_suspicion import balances
from tests.races.crowd import all_at_once
from tests.races.guards import unlock
from tests.sizes import size

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

CASES = size("RACE_DOUBLES", 2, 30)
ENDS = ("double_recovered", "double_written_off")


def proposed() -> tuple[DoubleRefund, int, int]:
    """A case that one officer wants to write off, and two others."""
    case, (first, second, third) = for_nothing(), officers(3)
    propose_write_off(case.pk, first, WHY)
    return case, second, third


def test_one_writes_off_what_another_finds_at_the_bank_and_one_of_them_ends_it() -> None:
    made = [proposed() for _number in range(CASES)]
    calls: list[Callable[[], object]] = []
    for case, second, third in made:
        calls += [lambda pk=case.pk, who=second: approve_write_off(pk, who)] * 2  # type: ignore[misc]
        calls += [lambda pk=case.pk, who=third: recover_double(pk, who, "FT-2026-77")] * 2  # type: ignore[misc]

    def act(call: Callable[[], object]) -> str:
        try:
            call()
        except Refused as refusal:
            return refusal.code
        return "ended"

    assert set(all_at_once(act, calls, 8)) <= {"ended", "case_decided", "busy"}
    assert Entry.objects.filter(kind__in=ENDS).count() == CASES
    assert not DoubleRefund.objects.open().exists()
    assert books.check() == []


def test_without_the_lock_both_end_it_and_the_money_is_counted_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other officer ends it between our reading and our writing."""
    case, second, third = proposed()
    unlock(monkeypatch)

    def rival_acts(twice: Twice, user_id: int) -> None:
        refuse_other_eyes(twice, user_id)
        all_at_once(lambda pk: approve_write_off(pk, second), [case.pk], 1)

    monkeypatch.setattr(recovering, "refuse_other_eyes", rival_acts)
    recover_double(case.pk, third, "FT-2026-77")
    assert Entry.objects.filter(kind__in=ENDS).count() == 2
    assert balances()["unallocated"] == -case.amount
    assert {"I30", "I68"} <= {found.code for found in books.check()}


def test_two_clicks_write_it_off_once(monkeypatch: pytest.MonkeyPatch) -> None:
    case, second, _third = proposed()
    unlock(monkeypatch)

    def act(_number: int) -> str:
        try:
            return approve_write_off(case.pk, second).state
        except IntegrityError:
            return "database"

    assert set(all_at_once(act, range(4), 4)) <= {"written_off", "database"}
    assert Entry.objects.filter(kind="double_written_off").count() == 1
    assert books.check() == []
