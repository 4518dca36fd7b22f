"""Officers at once about money that the provider gave out; without the lock it is placed twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError

from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.orders import books
from bebeli.orders.actions.leave_unplaced import leave_unplaced
from bebeli.orders.actions.match_outside import match_outside
from bebeli.orders.actions.reject import reject
from bebeli.orders.models import OutsideRefund, Refund
from tests import world
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

WHY = "terlihat di dasbor"


def given() -> tuple[OutsideRefund, list[Refund]]:
    """Two orders fell and their promises wait; as much as one of them went out at the provider."""
    purchase = world.paid(world.user(), (world.variant(), 1), (world.variant(), 1), method="qris")
    for order in world.orders_of(purchase):
        reject(order.pk, world.owner(order.seller), "habis")
    promises = list(Refund.objects.filter(attempt__payment__purchase=purchase).order_by("pk"))
    attempt = world.attempt_of(purchase)
    world.settle_now(attempt, "partial_refund", given_back=promises[0].amount)
    return OutsideRefund.objects.get(attempt=attempt), promises


def placed_by(case: OutsideRefund, promises: list[Refund]) -> list[str]:
    """Officers say at once that it was the one promise, and that it was the other."""

    def act(refund: Refund) -> str:
        try:
            return str(match_outside(case.pk, refund.pk, officer.pk).state)
        except (Refused, DatabaseError, ValueError) as error:  # without the lock a rival may have left nothing to place
            return type(error).__name__

    officer = world.finance()
    return all_at_once(act, promises * 3, 6)


def unlocked(_self: object, model: type[Any], condition: object) -> list[Any]:
    return list(model.objects.filter(condition).order_by("pk"))


def placed_too_much(case: OutsideRefund) -> bool:
    return case.placed > (case.amount or 0)


def test_officers_at_once_place_it_once() -> None:
    case, promises = given()
    answers = placed_by(case, promises)
    assert "placed" in answers
    case.refresh_from_db()
    assert (case.state, case.left, placed_too_much(case), books.check()) == ("placed", 0, False, [])


def test_without_the_lock_it_is_placed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Locks, "where", unlocked)
    for _time in range(8):
        case, promises = given()
        placed_by(case, promises)
        if placed_too_much(case):
            assert "I69" in {found.code for found in books.check()}
            return
    pytest.fail("the lock is not what keeps it from being placed twice")


def test_a_promise_against_nobody_is_one_of_both() -> None:
    case, promises = given()
    officer = world.finance()

    def act(way: str) -> str:
        try:
            match_outside(case.pk, promises[0].pk, officer.pk) if way == "match" else leave_unplaced(case.pk, officer.pk, WHY)
        except Refused as refusal:
            return refusal.code
        return way

    assert "leave" not in all_at_once(act, ["match", "leave"] * 3, 6)
    assert books.check() == []
