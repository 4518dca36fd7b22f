"""A hundred requests at once, two officers, a message against a question. Each with the guard taken off."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError

from bebeli.kit import clock
from bebeli.kit.errors import Busy, Refused
from bebeli.orders import books, ledger
from bebeli.orders.actions import approve_payout as approving
from bebeli.orders.actions import take_payout as taking
from bebeli.orders.actions.approve_payout import approve_payout
from bebeli.orders.actions.batch_payouts import batch_payouts
from bebeli.orders.actions.lock_payout import refuse_other_hands, refuse_own
from bebeli.orders.actions.reject_payout import reject_payout
from bebeli.orders.actions.request_payout import request_payout
from bebeli.orders.actions.settle_payout import settle_payout
from bebeli.orders.actions.take_payout import leave_batch, take_batch, take_payout
from bebeli.orders.flows import payout
from bebeli.orders.models import Entry, Payout, PayoutApproval
from bebeli.sellers.models import Seller
from tests import payees, world
from tests.conftest import Provider
from tests.orders.test_payout import truth
from tests.races.crowd import all_at_once
from tests.races.guards import unlock, without_constraint
from tests.sizes import size

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

REQUESTS = size("RACE_PAYOUT_REQUESTS", 100, 500)
DECIDED = size("RACE_PAYOUTS_DECIDED", 5, 100)
SENT = size("RACE_PAYOUTS_SENT", 3, 100)


def rich() -> tuple[Seller, int]:
    """A stall with a verified account and a balance of Rp1.000.000, and its owner."""
    stall = payees.earned(world.seller(), 1_000_000)
    payees.bank_account(stall)
    return stall, world.owner(stall)


def ask(stall: Seller, owner: int, many: int) -> list[str]:
    """Ask for a tenth so many times at once; returns what came of each."""

    def act(_number: int) -> str:
        try:
            return request_payout(stall.pk, owner, 100_000).state
        except Refused as refusal:
            return refusal.code
        except IntegrityError:
            return "database"

    return all_at_once(act, range(many), 25)


def test_a_hundred_requests_are_one_payout() -> None:
    stall, owner = rich()
    answers = ask(stall, owner, REQUESTS)
    assert answers.count("requested") == 1
    assert set(answers) <= {"requested", "payout_open", "busy"}
    assert (ledger.payable_of(stall.pk), ledger.pending_of(stall.pk)) == (900_000, 100_000)
    assert books.check() == []


def test_without_the_lock_the_database_still_lets_one_through(monkeypatch: pytest.MonkeyPatch) -> None:
    stall, owner = rich()
    unlock(monkeypatch)
    answers = ask(stall, owner, 50)
    assert answers.count("requested") == 1
    assert "database" in answers
    assert Payout.objects.count() == 1


def test_without_lock_and_constraint_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    stall, owner = rich()
    with (
        monkeypatch.context() as patch,
        without_constraint(Payout, "orders_payout_one_open", state="rejected", ended_at=clock.now()),
    ):
        unlock(patch)
        answers = ask(stall, owner, 50)
        assert answers.count("requested") > 1
        assert ledger.payable_of(stall.pk) >= 0  # the floor of the payable holds even then


def test_one_officer_approves_while_another_rejects() -> None:
    made = [payees.payout(payees.earned(world.seller())) for _number in range(DECIDED)]
    yes, no = world.finance(), world.finance()

    def act(job: tuple[Payout, str]) -> None:
        one, side = job
        try:
            if side == "yes":
                approve_payout(one.pk, yes.pk)
            else:
                reject_payout(one.pk, no.pk, "tidak")
        except Refused:
            return

    all_at_once(act, [(one, side) for one in made for side in ("yes", "no")], 10)
    assert set(Payout.objects.values_list("state", flat=True)) == {"rejected"}  # an approved one may be rejected until it is sent
    assert books.check() == []


def test_two_officers_at_once_are_two_approvals_and_one_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    large = payees.payout(payees.earned(world.seller(), 20_000_000))
    rung: list[Any] = []
    monkeypatch.setattr(approving, "ring", lambda *given: rung.append(given))
    officers = [world.finance() for _number in range(2)]
    all_at_once(lambda officer: approve_payout(large.pk, officer.pk), officers, 2)
    large.refresh_from_db()
    assert (large.state, PayoutApproval.objects.count(), len(rung)) == ("approved", 2, 1)


def test_without_the_lock_two_officers_do_not_see_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rival's yes commits between our reading and our writing: counted twice, rung twice, or not at all."""
    made = payees.payout()
    officers = [world.finance() for _number in range(2)]
    unlock(monkeypatch)

    def rival_acts(one: Payout, user_id: int) -> None:
        refuse_own(one, user_id)
        if user_id == officers[0].pk:
            all_at_once(lambda officer: approve_payout(made.pk, officer.pk), officers[1:], 1)

    monkeypatch.setattr(approving, "refuse_own", rival_acts)
    approve_payout(made.pk, officers[0].pk)
    assert PayoutApproval.objects.count() == 2  # with the lock the second hears that it was approved already


def test_a_message_against_a_question_settles_once(provider: Provider) -> None:
    made = [payees.approved(payees.payout(payees.earned(world.seller()))) for _number in range(SENT)]
    for one in made:
        payout.send(one.pk)
    rows = list(Payout.objects.select_related("account"))
    said = {one.pk: truth(one, "completed", reference_no=one.reference_no) for one in rows}

    def act(pk: int) -> str:
        try:
            return settle_payout(pk, said[pk])
        except Busy:
            return "busy"

    all_at_once(act, [one.pk for one in rows for _number in range(6)], 12)
    assert Entry.objects.filter(kind="payout_completed").count() == SENT
    assert provider.server.payouts.rows
    assert books.check() == []


def test_without_the_lock_the_books_refuse_the_second_settling(monkeypatch: pytest.MonkeyPatch, provider: Provider) -> None:
    one = payees.approved(payees.payout())
    payout.send(one.pk)
    one.refresh_from_db()
    said = truth(one, "completed", reference_no=one.reference_no)
    unlock(monkeypatch)

    def act(_number: int) -> str:
        try:
            return settle_payout(one.pk, said)
        except IntegrityError:
            return "database"

    assert "database" in all_at_once(act, range(8), 8)
    assert Entry.objects.filter(kind="payout_completed").count() == 1
    assert provider.server.payouts.rows


def test_an_approved_payout_is_sent_by_one_worker_only(provider: Provider) -> None:
    one = payees.approved(payees.payout())
    all_at_once(lambda _number: payout.send(one.pk), range(8), 8)
    assert len(provider.server.payouts.rows) == 1


def free_file() -> tuple[str, list[Payout]]:
    """A file for the bank with two payouts that nobody holds, and those."""
    made = [payees.approved(payees.payout(payees.earned(world.seller()), bank="111")) for _number in range(2)]
    maker = world.finance()
    name = batch_payouts(maker.pk)
    leave_batch(name, maker.pk)
    return name, made


def test_two_officers_take_a_file_at_once_and_one_has_it() -> None:
    name, _made = free_file()
    officers = [world.finance().pk for _number in range(2)]

    def act(officer: int) -> str:
        try:
            take_batch(name, officer)
        except Refused as refusal:
            return refusal.code
        return "mine"

    assert sorted(all_at_once(act, officers * 4, 8)) == ["mine"] * 4 + ["taken"] * 4  # one may take it as often as wished
    assert len(set(Payout.objects.values_list("taken_by", flat=True))) == 1


def test_without_the_lock_two_officers_have_the_same_payout(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rival takes it between our reading and our writing: both were told to transfer it."""
    _name, made = free_file()
    officers = [world.finance().pk for _number in range(2)]
    unlock(monkeypatch)
    told: list[int] = []

    def rival_acts(one: Payout, user_id: int) -> None:
        refuse_other_hands(one, user_id)
        if user_id == officers[0]:
            all_at_once(lambda officer: take_payout(made[0].pk, officer), officers[1:], 1)
        told.append(user_id)

    monkeypatch.setattr(taking, "refuse_other_hands", rival_acts)
    take_payout(made[0].pk, officers[0])
    assert told == [officers[1], officers[0]]
