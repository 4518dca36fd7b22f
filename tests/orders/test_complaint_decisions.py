"""The officer: one at a time, never one's own, and what each decision does to order, money and books."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.notices import kinds
from bebeli.notices.models import Notice
from bebeli.orders import books, ledger
from bebeli.orders.actions.approve_refund import approve_refund
from bebeli.orders.actions.decide_complaint import Decision, decide_complaint
from bebeli.orders.actions.take_complaint import leave_complaint, take_complaint
from bebeli.orders.actions.turn_down_refund import turn_down_refund
from bebeli.orders.models import Complaint
from bebeli.sellers.models import Membership
from tests import grievances, world
from tests.orders.test_payout_pages import desk_of

pytestmark = pytest.mark.django_db
WHY = "Foto menunjukkan toples pecah."


def decided(complaint: Complaint) -> Complaint:
    return Complaint.objects.select_related("order__seller", "refund").get(pk=complaint.pk)


def test_no_refund_lets_the_order_go_on() -> None:
    complaint, officer = grievances.escalated(), grievances.officer()
    for _press in range(2):
        decide_complaint(complaint.pk, officer.pk, Decision("none", WHY))
    found = decided(complaint)
    assert (found.state, found.amount, found.refund, found.order.status) == ("decided", 0, None, "completed")
    assert (found.decided_by_id, found.reason) == (officer.pk, WHY)
    assert ledger.payable_of(found.order.seller_id) == found.order.total
    for kind in ("orders.complaint_decided", "orders.complaint_decided_to_seller"):
        assert Notice.objects.filter(kind=kind, channel="app").count() == 1
    assert list(found.order.events.values_list("actor", flat=True))[-1] == "officer"
    assert books.check() == []


def test_all_of_it_refunds_the_order_and_the_fee() -> None:
    complaint, officer = grievances.escalated(), grievances.officer()
    decide_complaint(complaint.pk, officer.pk, Decision("full", WHY))
    found = decided(complaint)
    assert (found.amount, found.order.status) == (found.order.total, "refunded")
    assert found.refund is not None
    assert found.refund.decided_by_id == officer.pk
    assert found.refund.service_fee == found.order.purchase.service_fee
    assert books.check() == []


def test_a_part_by_line_completes_the_order_with_the_rest() -> None:
    complaint, officer = grievances.escalated(), grievances.officer()
    line = complaint.lines.get()
    decide_complaint(complaint.pk, officer.pk, Decision("partial", WHY, {line.pk: 12_345}))
    found = decided(complaint)
    assert (found.amount, found.order.status) == (12_345, "completed")
    assert found.lines.get().amount == 12_345
    assert ledger.payable_of(found.order.seller_id) == found.order.total - 12_345
    assert books.check() == []


def test_much_money_waits_for_a_second_person(settings: Any) -> None:
    settings.REFUND_TWO_PEOPLE_FROM = 10_000
    complaint, officer = grievances.escalated(), grievances.officer()
    decide_complaint(complaint.pk, officer.pk, Decision("full", WHY))
    found = decided(complaint)
    assert found.refund is not None
    assert (found.refund.needs_second, found.refund.state) == (True, "requested")
    assert books.check() == []


@pytest.mark.parametrize(
    ("field", "decision"),
    [
        ("outcome", Decision("mungkin", WHY)),
        ("reason", Decision("none", " ")),
        ("amount", Decision("partial", WHY)),
        ("amount", Decision("partial", WHY, {0: 10**9})),
    ],
)
def test_what_is_missing_is_said_at_its_field(field: str, decision: Decision) -> None:
    complaint, officer = grievances.escalated(), grievances.officer()
    line = complaint.lines.get().pk
    amounts = dict.fromkeys([line], 10**9) if decision.amounts else {}
    with pytest.raises(InvalidInput) as refusal:
        decide_complaint(complaint.pk, officer.pk, Decision(decision.outcome, decision.reason, amounts))
    assert refusal.value.field == (f"amount-{line}" if field == "amount" else field)
    assert decided(complaint).state == "officer"


def test_one_officer_at_a_time() -> None:
    complaint, first, second = grievances.escalated(), grievances.officer(), grievances.officer()
    take_complaint(complaint.pk, first.pk)
    with pytest.raises(Refused, match="taken"):
        take_complaint(complaint.pk, second.pk)
    with pytest.raises(Refused, match="taken"):
        decide_complaint(complaint.pk, second.pk, Decision("none", WHY))
    assert leave_complaint(complaint.pk, second.pk).looked_by_id == first.pk
    leave_complaint(complaint.pk, first.pk)
    take_complaint(complaint.pk, second.pk)
    with clock.moved(timedelta(minutes=31)):
        assert take_complaint(complaint.pk, first.pk).looked_by_id == first.pk


def test_nobody_decides_their_own() -> None:
    complaint, officer = grievances.escalated(), grievances.officer()
    Membership.objects.create(seller=complaint.order.seller, user=officer)
    for who in (officer.pk, grievances.buyer(complaint)):
        with pytest.raises(Refused, match="own_complaint"):
            take_complaint(complaint.pk, who)
        with pytest.raises(Refused, match="own_complaint"):
            decide_complaint(complaint.pk, who, Decision("none", WHY))


def test_what_no_officer_was_asked_is_not_decided() -> None:
    complaint, officer = grievances.asked(), grievances.officer()
    with pytest.raises(Refused, match="complaint_moved"):
        decide_complaint(complaint.pk, officer.pk, Decision("none", WHY))
    done = grievances.escalated()
    decide_complaint(done.pk, officer.pk, Decision("none", WHY))
    with pytest.raises(Refused, match="complaint_moved"):
        decide_complaint(done.pk, world.user().pk, Decision("none", WHY))
    with pytest.raises(Refused, match="complaint_closed"):
        grievances.about(grievances.fresh(done.order))


def test_a_no_of_finance_is_answered_at_the_case(settings: Any) -> None:
    settings.REFUND_TWO_PEOPLE_FROM = 1_000
    complaint, officer, second = grievances.escalated(), grievances.officer(), world.finance()
    decide_complaint(complaint.pk, officer.pk, Decision("full", WHY))
    refund = turn_down_refund(decided(complaint).refund_id or 0, second.pk, "fotonya buram")
    page, desk = f"/dinas/keluhan/{complaint.pk}/", desk_of(officer.pk)
    notice = Notice.objects.get(kind="orders.refund_turned_down", channel="app")
    assert (notice.user_id, kinds.find(notice.kind).words(notice.payload).path) == (officer.pk, page)
    shown = desk.get(page).content.decode()
    assert ("fotonya buram" in shown, "Ajukan lagi" in shown) == (True, True)
    assert "alasan_error" in desk.post(f"{page}ajukan/", {"alasan": ""}).content.decode()
    desk.post(f"{page}ajukan/", {"alasan": "foto baru ada"})
    assert approve_refund(refund.pk, second.pk).state == "approved"
    assert (desk.post(f"{page}ajukan/", {"alasan": "lagi"}).status_code, books.check()) == (404, [])
