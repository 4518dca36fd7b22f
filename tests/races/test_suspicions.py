"""Officers at once about one suspect payment, and giving back against the provider's new word; unguarded too."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError

from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.orders import books
from bebeli.orders.actions.return_suspicion import return_suspicion
from bebeli.orders.actions.settle import settle
from bebeli.orders.actions.take_suspicion import take_suspicion
from bebeli.orders.models import Entry, Order, Refund, Suspicion
from tests import world
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

WHY = "sudah dicek"


def doubted() -> Suspicion:
    attempt = world.attempt_of(world.placed(world.user(), (world.variant(), 1), method="qris"))
    assert world.settle_now(attempt, amount=7_000) == "suspect"
    return Suspicion.objects.select_related("attempt").get(attempt=attempt)


def unlocked(_self: object, model: type[Any], condition: object) -> list[Any]:
    return list(model.objects.filter(condition).order_by("pk"))


def test_one_officer_takes_it_and_it_goes_back_once() -> None:
    case, officers = doubted(), [world.finance() for _number in range(6)]

    def act(officer: Any) -> str:
        try:
            take_suspicion(case.pk, officer.pk)
            return str(return_suspicion(case.pk, officer.pk, WHY).state)
        except Refused as refusal:
            return refusal.code

    answers = all_at_once(act, officers, 6)
    assert answers.count("returned") == 1
    assert set(answers) <= {"returned", "taken", "case_decided"}
    assert (Refund.objects.count(), Entry.objects.count(), books.check()) == (1, 2, [])


def test_without_the_lock_the_books_refuse_the_second_officer(monkeypatch: pytest.MonkeyPatch) -> None:
    case, officers = doubted(), [world.finance() for _number in range(6)]
    monkeypatch.setattr(Locks, "where", unlocked)

    def act(officer: Any) -> str:
        try:
            return str(return_suspicion(case.pk, officer.pk, WHY).state)
        except (Refused, IntegrityError) as error:
            return type(error).__name__

    assert "IntegrityError" in all_at_once(act, officers, 6)
    assert Refund.objects.count() == 1


def test_giving_back_against_the_right_amount_ends_in_one_truth() -> None:
    cases, officer = [doubted() for _number in range(6)], world.finance()

    def act(job: tuple[Suspicion, str]) -> None:
        case, side = job
        try:
            if side == "return":
                return_suspicion(case.pk, officer.pk, WHY)
            else:
                settle(case.attempt_id, world.truth(case.attempt), settings.MIDTRANS_MERCHANT_ID)
        except Refused:
            return

    all_at_once(act, [(case, side) for case in cases for side in ("return", "settle")], 12)
    for case in Suspicion.objects.all():
        order = Order.objects.get(purchase__payment__attempts=case.attempt_id)
        is_returned = Refund.objects.filter(attempt=case.attempt_id, order=None).exists()
        assert (case.state, order.status, is_returned) in {("cleared", "paid", False), ("returned", "cancelled", True)} | {
            ("open", "cancelled", True)  # given back; the provider's other word came after, and is for people again
        }
    assert books.check() == []
