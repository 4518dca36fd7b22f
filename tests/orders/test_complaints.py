"""Making a complaint: which orders, what is asked, whose timers stand still; and taking it back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.notices.models import Notice
from bebeli.orders import books
from bebeli.orders.actions import lock_complaint as sides
from bebeli.orders.actions.complain import complain
from bebeli.orders.actions.receive import complete_by_time, receive
from bebeli.orders.actions.withdraw_complaint import withdraw_complaint
from bebeli.orders.actions.write_complaint import write_complaint
from bebeli.orders.flows import timers
from bebeli.orders.models import Complaint, ComplaintMessage, Order
from tests import grievances, world

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_delivered_order_stands_still_until_its_complaint_has_ended() -> None:
    order = grievances.delivered()
    with clock.moved(10 * HOUR):
        complaint = grievances.about(order)
        assert complaint.answer_by is not None
        assert timedelta(hours=47, minutes=59) < complaint.answer_by - clock.now() <= timedelta(hours=48)
    order = grievances.fresh(order)
    assert (order.status, order.complete_by) == ("disputed", None)
    assert complaint.asked_amount == order.total
    assert [event.verb for event in order.events.all()][-1] == "dispute"
    with clock.moved(timedelta(days=30)):
        assert timers.complete_due() == 0
        assert complete_by_time(order.pk).status == "disputed"
    assert Notice.objects.filter(kind="orders.complaint_new", channel="app").count() == 1
    with clock.moved(20 * HOUR):
        withdraw_complaint(complaint.pk, grievances.buyer(complaint))
        order = grievances.fresh(order)
        assert order.status == "delivered"
        assert order.complete_by is not None
        left = order.complete_by - clock.now()
    assert timedelta(hours=37, minutes=59) < left < timedelta(hours=38, minutes=1)
    with clock.moved(timedelta(days=4)):
        assert timers.complete_due() == 1
    assert grievances.fresh(order).status == "completed"
    assert books.check() == []


def test_a_shipped_order_whose_goods_are_bad_has_arrived() -> None:
    order = grievances.shipped()
    complaint = grievances.about(order)
    assert [event.verb for event in order.events.all()][-2:] == ["deliver", "dispute"]
    withdraw_complaint(complaint.pk, grievances.buyer(complaint))
    assert grievances.fresh(order).status == "delivered"


def test_what_never_arrived_may_be_said_once_its_time_has_passed() -> None:
    order = grievances.shipped()
    Order.objects.filter(pk=order.pk).update(shipping_max_days=2)
    with pytest.raises(Refused, match="too_early"):
        grievances.about(order, problem="not_arrived")
    assert grievances.fresh(order).status == "shipped"
    with clock.moved(timedelta(days=2, minutes=1)):
        complaint = grievances.about(order, problem="not_arrived")
        assert [event.verb for event in order.events.all()][-2:] == ["ship", "dispute"]
        withdraw_complaint(complaint.pk, grievances.buyer(complaint))
        assert grievances.fresh(order).status == "shipped"
    assert books.check() == []


def test_a_completed_order_stays_completed_and_its_window_ends() -> None:
    order = grievances.completed()
    closed = order.closed_at
    with clock.moved(timedelta(days=7, minutes=1)), pytest.raises(Refused, match="too_late"):
        grievances.about(order)
    with clock.moved(timedelta(days=6)):
        complaint = grievances.about(order)
    order = grievances.fresh(order)
    assert (order.status, order.closed_at) == ("completed", closed)
    withdraw_complaint(complaint.pk, grievances.buyer(complaint))
    assert grievances.fresh(order).status == "completed"
    assert books.check() == []


def test_the_window_is_the_one_that_counted_when_the_order_arrived(settings: Any) -> None:
    settings.COMPLAINT_DAYS = 3
    arrived, on_its_way = grievances.delivered(), grievances.shipped()
    settings.COMPLAINT_DAYS = 1
    for order in (arrived, on_its_way):
        receive(order.pk, order.purchase.buyer_id)
    first, second = (grievances.fresh(order) for order in (arrived, on_its_way))
    assert (first.complaint_days, second.complaint_days) == (3, 1)
    with clock.moved(timedelta(days=2)):
        assert grievances.about(first).state == "asked"
        with pytest.raises(Refused, match="too_late"):
            grievances.about(second)


def test_an_order_that_was_not_sent_is_not_complained_about() -> None:
    order = world.orders_of(world.paid(world.user(), (world.variant(), 1)))[0]
    with pytest.raises(Refused, match="wrong_state"):
        complain(order.pk, order.purchase.buyer_id, grievances.said(order))
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("problem", {"problem": "lain"}),
        ("wish", {"wish": "hadiah"}),
        ("text", {"text": " \0\n"}),
        ("lines", {"lines": {}}),
        ("lines", {"lines": {0: 1}}),
        ("amount", {"wish": "part", "amount": 0}),
        ("amount", {"wish": "part", "amount": 10**9}),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_moves(field: str, wrong: dict[str, Any]) -> None:
    order = grievances.delivered()
    with pytest.raises(InvalidInput) as refusal:
        grievances.about(order, **wrong)
    assert refusal.value.field == field
    assert grievances.fresh(order).status == "delivered"
    assert not Complaint.objects.exists()


def test_more_pieces_than_were_bought_are_refused() -> None:
    order = grievances.delivered()
    with pytest.raises(InvalidInput, match="too_many_pieces"):
        grievances.about(order, lines={order.lines.get().pk: 3})


def test_some_pieces_are_worth_their_price_and_all_of_them_the_delivery_too() -> None:
    order = grievances.delivered()
    line = order.lines.get().pk
    complaint = grievances.about(order, lines={line: 1})
    assert complaint.asked_amount == 50_000
    withdraw_complaint(complaint.pk, grievances.buyer(complaint))
    assert grievances.about(order).asked_amount == order.total == 100_000 + order.shipping_price


def test_one_is_open_at_a_time_and_three_are_enough() -> None:
    order = grievances.delivered()
    for number in range(3):
        complaint = grievances.about(order)
        assert complaint.number == number + 1
        with pytest.raises(Refused, match="complaint_open"):
            grievances.about(order)
        withdraw_complaint(complaint.pk, grievances.buyer(complaint))
        assert withdraw_complaint(complaint.pk, grievances.buyer(complaint)).state == "withdrawn"
    with pytest.raises(Refused, match="too_many_complaints"):
        grievances.about(order)
    assert books.check() == []


def test_a_disputed_order_is_not_received() -> None:
    complaint = grievances.asked()
    with pytest.raises(Refused, match="wrong_state"):
        receive(complaint.order_id, grievances.buyer(complaint))


def test_every_word_is_kept_and_told_once() -> None:
    complaint = grievances.asked()
    buyer, maker, officer = grievances.buyer(complaint), grievances.maker(complaint), grievances.officer()
    for who in (sides.buyer(buyer), sides.seller(maker), sides.officer(officer.pk)):
        write_complaint(complaint.pk, who, "Baris satu\n\n  baris   dua")
        write_complaint(complaint.pk, who, "Baris satu\nbaris dua")
    told = list(ComplaintMessage.objects.filter(act="write").values_list("side", "text"))
    assert told == [(side, "Baris satu\nbaris dua") for side in ("buyer", "seller", "officer")]
    to_buyer = Notice.objects.filter(kind="orders.complaint_said_to_buyer", channel="app")
    to_seller = Notice.objects.filter(kind="orders.complaint_said_to_seller", channel="app")
    assert (to_buyer.count(), to_seller.count()) == (2, 2)
    with pytest.raises(InvalidInput, match="words_needed"):
        write_complaint(complaint.pk, sides.buyer(buyer), " ")
    withdraw_complaint(complaint.pk, buyer)
    with pytest.raises(Refused, match="complaint_moved"):
        write_complaint(complaint.pk, sides.buyer(buyer), "Masih ada?")


def test_a_conversation_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    complaint = grievances.asked()
    monkeypatch.setattr("bebeli.orders.actions.write_complaint.MOST_MESSAGES", 2)
    write_complaint(complaint.pk, sides.buyer(None), "satu")
    with pytest.raises(Refused, match="too_many_messages"):
        write_complaint(complaint.pk, sides.buyer(None), "dua")
