"""A decision against a withdrawal, two officers, a complaint against the end of time, two buttons; unguarded too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.orders import books
from bebeli.orders.actions import complain as complaining
from bebeli.orders.actions import decide_complaint as deciding
from bebeli.orders.actions.decide_complaint import Decision, decide_complaint
from bebeli.orders.actions.offer_complaint import accept_offer, agree_complaint
from bebeli.orders.actions.receive import complete_by_time
from bebeli.orders.actions.resolve_complaint import resolve
from bebeli.orders.actions.withdraw_complaint import withdraw_complaint
from bebeli.orders.complaints import refuse_window
from bebeli.orders.models import Complaint, Order, Refund
from tests import grievances
from tests.races.crowd import all_at_once
from tests.races.guards import unlock, without_constraint

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

FULL = Decision("full", "Foto menunjukkan pecah.")


def attempt(act: object) -> str:
    """Do it, or say why not."""
    try:
        act()  # type: ignore[operator]
    except (Refused, IntegrityError) as refusal:
        return getattr(refusal, "code", type(refusal).__name__)
    return "done"


def test_a_decision_against_a_withdrawal_ends_in_one_truth() -> None:
    complaints = [grievances.escalated() for _number in range(5)]
    officer = grievances.officer()

    def act(job: tuple[Complaint, str]) -> str:
        complaint, side = job
        if side == "decide":
            return attempt(lambda: decide_complaint(complaint.pk, officer.pk, FULL))
        return attempt(lambda: withdraw_complaint(complaint.pk, grievances.buyer(complaint)))

    said = all_at_once(act, [(complaint, side) for complaint in complaints for side in ("decide", "withdraw")], 10)
    assert sorted(said) == ["complaint_moved"] * 5 + ["done"] * 5
    for complaint in Complaint.objects.select_related("order"):
        is_paid = Refund.objects.filter(order=complaint.order).exists()
        assert (complaint.state, complaint.order.status, is_paid) in {
            ("decided", "refunded", True),
            ("withdrawn", "delivered", False),
        }
    assert books.check() == []


def test_without_the_lock_a_withdrawn_complaint_is_paid_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rival withdraws between our reading and our writing: exactly what the lock forbids."""
    complaint, officer = grievances.escalated(), grievances.officer()
    unlock(monkeypatch)
    real = resolve

    def rival_acts(*given: object) -> None:
        all_at_once(lambda pk: withdraw_complaint(pk, grievances.buyer(complaint)), [complaint.pk], 1)
        real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(deciding, "resolve", rival_acts)
    decide_complaint(complaint.pk, officer.pk, FULL)
    acts = list(Complaint.objects.get().messages.values_list("act", flat=True))
    assert {"withdraw", "decide"} <= set(acts)
    assert [event.verb for event in complaint.order.events.all()][-2:] == ["go_on_delivered", "refund"]


def test_two_officers_decide_once() -> None:
    complaint = grievances.escalated()
    officers = [grievances.officer() for _number in range(6)]
    said = all_at_once(lambda one: attempt(lambda: decide_complaint(complaint.pk, one.pk, FULL)), officers, 6)
    assert sorted(said) == ["complaint_moved"] * 5 + ["done"]
    assert Refund.objects.count() == 1
    assert books.check() == []


def test_without_the_lock_the_money_goes_back_more_than_once(monkeypatch: pytest.MonkeyPatch) -> None:
    complaint = grievances.escalated()
    officers = [grievances.officer() for _number in range(6)]
    unlock(monkeypatch)
    all_at_once(lambda one: attempt(lambda: decide_complaint(complaint.pk, one.pk, FULL)), officers, 6)
    assert Refund.objects.count() > 1
    assert {violation.code for violation in books.check()} >= {"I06", "I12"}


def test_agreeing_and_accepting_pay_once() -> None:
    complaint = grievances.offered(20_000)
    jobs = ["accept"] * 3 + ["agree"] * 3

    def act(side: str) -> str:
        if side == "accept":
            return attempt(lambda: accept_offer(complaint.pk, grievances.buyer(complaint), 20_000))
        return attempt(lambda: agree_complaint(complaint.pk, grievances.maker(complaint)))

    all_at_once(act, jobs, 6)
    assert Refund.objects.get().face == 20_000
    assert books.check() == []


def due() -> Order:
    """A delivered order whose window was over a second ago."""
    order = grievances.delivered()
    Order.objects.filter(pk=order.pk).update(complete_by=clock.now() - timedelta(seconds=1))
    return order


def test_a_complaint_against_the_end_of_its_window_ends_in_one_truth() -> None:
    orders = [due() for _number in range(5)]

    def act(job: tuple[Order, str]) -> str:
        order, side = job
        return attempt(lambda: grievances.about(order) if side == "complain" else complete_by_time(order.pk))

    all_at_once(act, [(order, side) for order in orders for side in ("complain", "complete")], 10)
    assert Complaint.objects.filter(state="asked").count() == 5
    assert set(Order.objects.values_list("status", flat=True)) <= {"disputed", "completed"}
    assert books.check() == []


def test_without_the_lock_an_order_is_disputed_whose_money_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rival completes between our reading and our writing."""
    order = due()
    unlock(monkeypatch)
    real = refuse_window

    def rival_acts(found: Order) -> None:
        real(found)
        all_at_once(complete_by_time, [order.pk], 1)

    monkeypatch.setattr(complaining, "refuse_window", rival_acts)
    grievances.about(order)
    assert {violation.code for violation in books.check()} & {"I06", "I21"}


def test_pressed_many_times_one_complaint_is_opened() -> None:
    order = grievances.delivered()
    said = all_at_once(lambda _number: attempt(lambda: grievances.about(order)), range(6), 6)
    assert sorted(said) == ["complaint_open"] * 5 + ["done"]
    assert Complaint.objects.count() == 1


def test_without_lock_and_rule_a_second_one_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    order = grievances.delivered()
    unlock(monkeypatch)
    real = refuse_window

    def rival_acts(found: Order) -> None:
        real(found)
        monkeypatch.setattr(complaining, "refuse_window", real)
        all_at_once(lambda _number: grievances.about(order), [1], 1)

    monkeypatch.setattr(complaining, "refuse_window", rival_acts)
    assert attempt(lambda: grievances.about(order)) == "IntegrityError"
    assert Complaint.objects.count() == 1
    monkeypatch.setattr(complaining, "refuse_window", real)
    with without_constraint(Complaint, "orders_complaint_one_open", state="withdrawn", closed_at=clock.now()):
        monkeypatch.setattr(complaining, "_refuse_earlier", lambda _earlier: None)
        Order.objects.filter(pk=order.pk).update(status="delivered")
        grievances.about(order)
        assert Complaint.objects.open().count() == 2
