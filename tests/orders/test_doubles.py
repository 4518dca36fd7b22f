"""Money that its payer has twice: its case, each end of it, who may decide, and the books silent all along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.notices.models import Notice
from bebeli.orders import books
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.leave_unplaced import leave_unplaced
from bebeli.orders.actions.recover_double import recover_double
from bebeli.orders.actions.restore_double import restore_double
from bebeli.orders.actions.restore_payment import restore_payment
from bebeli.orders.actions.return_suspicion import return_suspicion
from bebeli.orders.actions.take_double import leave_double, take_double
from bebeli.orders.actions.write_off_double import approve_write_off, propose_write_off, turn_down_write_off
from bebeli.orders.flows import documents, matching
from bebeli.orders.models import DoubleRefund, PaymentAttempt, Refund, ReportLine, Suspicion
from tests import returning, world
from tests.conftest import Provider
from tests.doubling import WHY, for_nothing, of_an_order, officers, written_off
from tests.orders.test_odd_truths import hear
from tests.orders.test_outside import at_dashboard, bought
from tests.orders.test_reconciliation import loaded
from tests.orders.test_suspicion import balances

pytestmark = pytest.mark.django_db


def right() -> bool:
    """Whether the books say nothing, once what is due is on paper."""
    documents.issue_due()
    return books.check() == []


def test_both_ways_to_lose_money_open_a_case_and_tell_finance() -> None:
    told = world.finance()
    for case in (for_nothing(), of_an_order()):
        assert (case.state, case.amount) == ("open", case.refund.amount if case.refund else 0)
        assert balances()["unallocated"] == sum(one.amount for one in DoubleRefund.objects.open())
        assert Notice.objects.filter(kind="orders.double_opened", user=told, ref=f"dua-kali-{case.pk}").exists()
    assert right()


def test_a_reversal_that_meets_no_paid_refund_opens_none() -> None:
    order = returning.order()
    returning.pieces(order)
    world.reversed_by_provider(world.attempt_of(order.purchase))
    assert not DoubleRefund.objects.exists()


def test_a_case_that_waits_for_too_long_is_named() -> None:
    case = for_nothing()
    for days, found in ((13, set()), (15, {"I30"})):
        with clock.moved(timedelta(days=days)):
            assert {one.code for one in books.check()} & {"I30", "I68"} == found
    written_off(case)
    with clock.moved(timedelta(days=15)):
        assert not {one.code for one in books.check()} & {"I30", "I68"}


@pytest.mark.parametrize("make", [for_nothing, of_an_order])
def test_it_was_paid_back_to_our_bank(make: Any) -> None:
    case, (officer,) = make(), officers(1)
    before = balances().get("bank", 0)
    with pytest.raises(InvalidInput) as nothing:
        recover_double(case.pk, officer, " 12 ")
    assert nothing.value.field == "referensi"
    done = recover_double(case.pk, officer, "FT-2026-77")
    assert (done.state, done.reference, done.decided_by_id) == ("recovered", "FT-2026-77", officer)
    assert recover_double(case.pk, officer, "FT-2026-77").state == "recovered"
    with pytest.raises(Refused) as again:
        recover_double(case.pk, officer, "FT-2026-78")
    assert again.value.code == "case_decided"
    assert balances().get("bank", 0) == before + case.amount
    assert "unallocated" not in balances()
    assert right()


@pytest.mark.parametrize("make", [for_nothing, of_an_order])
def test_a_part_was_paid_back_and_the_rest_is_a_case_of_its_own(make: Any) -> None:
    case, (officer,) = make(), officers(1)
    whole, before = case.amount, balances().get("bank", 0)
    for wrong in (0, -1, whole + 1):
        with pytest.raises(InvalidInput) as refusal:
            recover_double(case.pk, officer, "FT-2026-77", wrong)
        assert refusal.value.field == "jumlah"
    for _click in range(2):
        recover_double(case.pk, officer, "FT-2026-77", 1_000)
    rest = DoubleRefund.objects.open().get()
    case.refresh_from_db()
    assert (case.state, case.amount, rest.amount, rest.opened_at, rest.refund) == (
        *("recovered", 1_000, whole - 1_000),
        *(case.opened_at, case.refund),
    )
    assert (balances()["unallocated"], balances().get("bank", 0)) == (rest.amount, before + 1_000)
    assert right()
    assert written_off(rest).state == "written_off"
    assert "unallocated" not in balances()
    assert right()


def test_a_part_that_was_paid_back_is_its_payers_when_all_comes_again() -> None:
    case, (officer,) = of_an_order(), officers(1)
    recover_double(case.pk, officer, "FT-2026-77", 1_000)
    assert case.refund is not None
    restore_payment(case.refund.order_id or 0, officer, "tarikan dibatalkan")
    back = Refund.objects.filter(order=None, attempt=case.attempt)
    assert [one.amount for one in back] == [1_000]
    assert sorted(DoubleRefund.objects.values_list("state", flat=True)) == ["recovered", "restored"]
    assert right()


def test_the_bank_says_that_it_was_paid_back() -> None:
    case, (officer,) = for_nothing(), officers(1)
    recover_double(case.pk, officer, "FT-2026-77")
    rows = f"{clock.today()},SETOR,{case.amount}\n{clock.today()},KREDIT FT-2026-77,{case.amount}\n"
    loaded(world.finance(), f"date,description,amount\n{rows}", "bank")
    said = {line.words: line for line in ReportLine.objects.all()}
    assert (said["SETOR"].double or said["KREDIT FT-2026-77"].double) == case
    assert [line.is_matched for line in said.values()].count(True) == 1
    assert right()
    ReportLine.objects.filter(is_matched=True).update(gross=case.amount + 1)
    assert "I47" in {found.code for found in books.check()}


def test_a_line_that_names_another_case_is_that_cases() -> None:
    first, second = for_nothing(), for_nothing()
    assert first.amount == second.amount
    (officer,) = officers(1)
    recover_double(first.pk, officer, "FT-2026-01")
    recover_double(second.pk, officer, "FT-2026-02")
    loaded(world.finance(), f"date,description,amount\n{clock.today()},KREDIT FT-2026-02,{first.amount}\n", "bank")
    assert ReportLine.objects.get().double == second
    assert matching.again(ReportLine.objects.get().pk)


@pytest.mark.parametrize("make", [for_nothing, of_an_order])
def test_two_people_write_it_off(make: Any) -> None:
    case, (first, second) = make(), officers()
    with pytest.raises(InvalidInput):
        propose_write_off(case.pk, first, " ")
    with pytest.raises(Refused) as early:
        approve_write_off(case.pk, second)
    take_double(case.pk, first)
    proposed = propose_write_off(case.pk, first, WHY)
    assert (proposed.is_proposed, proposed.is_taken) == (True, False)
    assert Notice.objects.filter(kind="orders.double_to_approve", user=second).exists()
    assert not Notice.objects.filter(kind="orders.double_to_approve", user=first).exists()
    with pytest.raises(Refused) as own:
        approve_write_off(case.pk, first)
    with pytest.raises(Refused) as other:
        propose_write_off(case.pk, second, "lain")
    assert (early.value.code, own.value.code, other.value.code) == ("not_proposed", "second_person", "proposed")
    done = approve_write_off(case.pk, second)
    assert (done.state, done.proposed_by_id, done.approved_by_id, done.reason) == ("written_off", first, second, WHY)
    assert approve_write_off(case.pk, second).state == "written_off"
    assert balances()["loss"] == case.amount
    assert "unallocated" not in balances()
    assert right()


def test_a_proposal_may_be_turned_down_and_made_again() -> None:
    case, (first, second) = for_nothing(), officers()
    propose_write_off(case.pk, first, WHY)
    for person, code in ((first, "second_person"),):
        with pytest.raises(Refused) as refusal:
            turn_down_write_off(case.pk, person, "coba lagi")
        assert refusal.value.code == code
    with pytest.raises(InvalidInput):
        turn_down_write_off(case.pk, second, "")
    said = turn_down_write_off(case.pk, second, "telepon lagi")
    assert (said.is_open, said.is_proposed, said.turned_down_because) == (True, False, "telepon lagi")
    with pytest.raises(Refused):
        approve_write_off(case.pk, second)
    propose_write_off(case.pk, second, WHY)
    assert approve_write_off(case.pk, first).state == "written_off"


def test_nobody_decides_about_the_own_purchase() -> None:
    buyer = world.finance()
    case = for_nothing(buyer)
    propose_write_off(case.pk, world.finance().pk, WHY)
    acts: tuple[Any, ...] = (
        lambda: take_double(case.pk, buyer.pk),
        lambda: recover_double(case.pk, buyer.pk, "FT-2026-77"),
        lambda: propose_write_off(case.pk, buyer.pk, WHY),
        lambda: approve_write_off(case.pk, buyer.pk),
        lambda: turn_down_write_off(case.pk, buyer.pk, WHY),
        lambda: restore_double(case.pk, buyer.pk, WHY),
    )
    for act in acts:
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "own_purchase"
    assert not Notice.objects.filter(kind__startswith="orders.double", user=buyer).exists()


def test_who_takes_it_has_it() -> None:
    case, (first, second) = for_nothing(), officers()
    take_double(case.pk, first)
    acts: tuple[Any, ...] = (
        lambda: take_double(case.pk, second),
        lambda: recover_double(case.pk, second, "FT-2026-77"),
        lambda: propose_write_off(case.pk, second, WHY),
        lambda: restore_double(case.pk, second, WHY),
    )
    for act in acts:
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "taken"
    assert leave_double(case.pk, second).is_taken
    assert not leave_double(case.pk, first).is_taken
    assert take_double(case.pk, second).looked_by_id == second
    recover_double(case.pk, second, "FT-2026-77")
    with pytest.raises(Refused) as late:
        take_double(case.pk, first)
    assert late.value.code == "case_decided"


@pytest.mark.parametrize("is_lost", [False, True])
def test_money_for_nothing_comes_again_from_the_provider(*, is_lost: bool) -> None:
    case = for_nothing()
    if is_lost:
        written_off(case)
    assert hear(case.attempt.payment.purchase, "settlement") == "suspect"
    doubt = Suspicion.objects.get()
    with pytest.raises(Refused) as refusal:  # its payer has it already: it does not go back a third time
        return_suspicion(doubt.pk, world.finance().pk, WHY)
    assert refusal.value.code == "double_open"
    (officer,) = officers(1)
    with pytest.raises(InvalidInput):
        restore_double(case.pk, officer, "")
    done = restore_double(case.pk, officer, "tarikan dibatalkan")
    assert restore_double(case.pk, officer, "tarikan dibatalkan").state == done.state == "restored"
    doubt.refresh_from_db()
    assert (doubt.state, done.note, done.decided_by_id) == ("cleared", "tarikan dibatalkan", officer)
    assert PaymentAttempt.objects.get(pk=case.attempt_id).status == "settled"
    assert not {"unallocated", "loss"} & set(balances())
    assert hear(case.attempt.payment.purchase, "deny") == "nothing"  # it still tells of the reversal that people ended
    assert right()


def test_what_was_paid_back_is_its_payers_when_it_comes_again() -> None:
    case = for_nothing()
    (officer,) = officers(1)
    recover_double(case.pk, officer, "FT-2026-77")
    with pytest.raises(Refused) as refusal:
        restore_double(case.pk, officer, WHY)
    assert refusal.value.code == "not_ours"
    assert hear(case.attempt.payment.purchase, "settlement") == "suspect"
    return_suspicion(Suspicion.objects.get().pk, officer, WHY)
    assert Refund.objects.filter(state__in=Refund.OPEN, amount=case.amount).count() == 1
    assert right()


def test_what_the_provider_gave_out_by_itself_does_not_come_again_with_a_reversal(provider: Provider) -> None:
    officer, purchase = world.finance(), bought(provider, 50_000)
    order = world.orders_of(purchase)[0]
    accept(order.pk, world.owner(order.seller))
    leave_unplaced(at_dashboard(provider, purchase, 10_000).pk, officer.pk, WHY)
    case = DoubleRefund.objects.get()
    world.reversed_by_provider(case.attempt)
    restore_payment(order.pk, officer.pk, WHY)
    case.refresh_from_db()
    assert (case.state, case.refund, balances()["unallocated"]) == ("open", None, 10_000)
    assert written_off(case).state == "written_off"
    assert right()


@pytest.mark.parametrize("end", ["open", "written_off", "recovered"])
def test_a_payment_comes_again_and_its_cases_end(end: str) -> None:
    case, (officer,) = of_an_order(), officers(1)
    if end == "written_off":
        written_off(case)
    if end == "recovered":
        recover_double(case.pk, officer, "FT-2026-77")
    with pytest.raises(Refused) as refusal:
        restore_double(case.pk, officer, WHY)
    assert refusal.value.code == "not_ours"
    assert case.refund is not None
    restore_payment(case.refund.order_id or 0, officer, "tarikan dibatalkan")
    case.refresh_from_db()
    assert case.state == ("recovered" if end == "recovered" else "restored")
    back = Refund.objects.filter(order=None, attempt=case.attempt)
    assert [(one.amount, one.channel, one.decided_by_id) for one in back] == (
        [(case.amount, "bank", officer)] if end == "recovered" else []
    )
    assert not {"unallocated", "loss"} & set(balances())
    assert right()
