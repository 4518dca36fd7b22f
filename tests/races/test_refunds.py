"""Many at once want the same money back. Each with the guard taken off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import Sum

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.orders import books
from bebeli.orders.actions import approve_refund as approving
from bebeli.orders.actions.approve_refund import approve_refund
from bebeli.orders.actions.refund import name_refund_account, refund_paid_by_hand
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.short import Missing, short
from bebeli.orders.flows import documents
from bebeli.orders.models import Entry, Order, OrderLine, Refund
from bebeli.orders.parting import Part
from tests import returning, world
from tests.races.crowd import all_at_once
from tests.races.guards import unlock, without_constraint
from tests.sizes import size

ROUNDS = size("RACE_ROUNDS", 2, 500)  # how often each crowd is let loose
WIDTH = 12

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def said(call: Callable[[], object]) -> str:
    try:
        call()
    except Refused as refusal:
        return refusal.code
    except IntegrityError:
        return "database"
    return "done"


def back(order: Order) -> int:
    """What buyers were promised of an order."""
    return int(Refund.objects.filter(order=order).aggregate(sum=Sum("amount"))["sum"] or 0)


def crowd(order: Order, many: int = WIDTH) -> list[str]:
    """So many want one piece of the order's only line back."""
    line = order.lines.get().pk
    return all_at_once(
        lambda _number: said(lambda: returning.part(order, [Part(line, quantity=1)])), range(many), min(many, WIDTH)
    )


def issue_all() -> None:
    """Give every order and every return its paper."""
    while documents.issue_due():
        pass


def test_a_crowd_gets_each_piece_back_once() -> None:
    for number in range(ROUNDS):
        order = returning.order(pieces=3)
        answers = crowd(order)
        assert 0 < answers.count("done") <= 3, number
        assert set(answers) <= {"done", "too_much", "busy"}
        assert back(order) == 50_000 * answers.count("done") <= order.paid_by_buyer
    issue_all()
    assert books.check() == []


def test_without_the_lock_the_check_still_holds_the_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    order = returning.order(pieces=2)
    with monkeypatch.context() as patch:
        unlock(patch)
        answers = [one for _each in range(3) for one in crowd(order)]
    assert "database" in answers
    assert back(order) <= 100_000
    order.refresh_from_db()
    assert order.refunded == back(order)


def test_without_the_check_a_rival_who_read_before_gives_too_much_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the lock keeps from happening, one after the other: at once each would take the same key, which is unique too."""
    order = returning.order(pieces=2)
    none = {"refunded": 0, "refunded_face": 0}
    with (
        monkeypatch.context() as patch,
        without_constraint(Order, "orders_order_refunded", **none),
        without_constraint(OrderLine, "orders_line_refunded", fallen=0, refunded=0),
    ):
        unlock(patch)
        monkeypatch.setattr("bebeli.orders.returns.sold_of", _stale(order))
        for _each in range(3):
            returning.part(order, [Part(order.lines.get().pk, quantity=1)])
        assert back(order) > 100_000


def _stale(order: Order) -> Callable[[Order], Any]:
    """What a rival read before anybody wrote."""
    from_before = returning.sold(order)
    return lambda _order: from_before


def part_and_whole(order: Order) -> list[str]:
    """The maker lacks a piece, the maker has none, some money goes back: each twice, all at once."""
    line, maker = order.lines.get().pk, world.owner(order.seller)
    jobs: list[Callable[[], object]] = [
        lambda: short(order.pk, maker, Missing(line, 1, 3, "kembali", "pecah")),
        lambda: reject(order.pk, maker, "habis"),
        lambda: returning.part(order, [Part(face=70_000)]),
    ] * 2
    return all_at_once(said, jobs, len(jobs))


def test_a_part_and_the_whole_at_once_are_never_more_than_was_paid() -> None:
    for number in range(ROUNDS):
        order = returning.order(pieces=3)
        answers = part_and_whole(order)
        assert set(answers) <= {"done", "too_much", "wrong_state", "line_changed", "busy"}, number
        assert 0 < back(order) <= order.paid_by_buyer
    issue_all()
    assert books.check() == []


def decided() -> Refund:
    """Much money that waits for a second person."""
    return returning.pieces(returning.order(price=2_000_000, method="qris"), officer=world.finance())


def test_two_second_persons_at_once_are_one_approval_and_one_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[Any] = []
    refund = decided()
    monkeypatch.setattr(approving, "ring", lambda *given: rung.append(given))
    officers = [world.finance() for _each in range(6)]
    answers = all_at_once(lambda officer: said(lambda: approve_refund(refund.pk, officer.pk)), officers, len(officers))
    assert (answers.count("done"), len(rung)) == (1, 1)
    assert set(answers) <= {"done", "refund_moved", "busy"}
    assert books.check() == []


def test_without_the_lock_two_approve(monkeypatch: pytest.MonkeyPatch) -> None:
    refund, rival, late = decided(), world.finance(), world.finance()
    unlock(monkeypatch)
    rung: list[Any] = []
    monkeypatch.setattr(approving, "ring", lambda *given: rung.append(given))
    moment = clock.now

    def rival_acts_here() -> Any:
        monkeypatch.setattr(clock, "now", moment)
        all_at_once(lambda officer: approve_refund(refund.pk, officer.pk), [rival], 1)
        return moment()

    monkeypatch.setattr(clock, "now", rival_acts_here)
    approve_refund(refund.pk, late.pk)
    assert len(rung) == 2


def test_two_who_pay_at_once_end_it_once() -> None:
    refund = returning.pieces(returning.order(method="bca_va"))
    name_refund_account(refund.pk, "014", "1234567890", "Pembeli Uji")
    officers = [world.finance() for _each in range(4)]
    all_at_once(
        lambda officer: said(lambda: refund_paid_by_hand(refund.pk, officer.pk, f"REF-{officer.pk:05d}", world.PROOF)),
        officers,
        4,
    )
    assert Entry.objects.filter(kind="refund_confirmed").count() == 1
    refund.refresh_from_db()
    assert refund.reference == f"REF-{refund.paid_by_id:05d}"
    documents.issue_due()
    assert books.check() == []
