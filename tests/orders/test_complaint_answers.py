"""The maker's answers and the buyer's: money, an offer, goods back, goods again; and what time does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bebeli.catalog.models import StockMovement, Variant
from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.notices.models import Notice
from bebeli.orders import books, ledger
from bebeli.orders.actions.decide_complaint import Decision, decide_complaint
from bebeli.orders.actions.escalate_complaint import ask_officer, ask_officer_as_seller, escalate_by_time
from bebeli.orders.actions.offer_complaint import accept_offer, agree_complaint, offer_complaint
from bebeli.orders.actions.refuse_complaint import refuse_complaint
from bebeli.orders.actions.resend_complaint import resend_complaint, take_replacement
from bebeli.orders.actions.restore_payment import restore_payment
from bebeli.orders.actions.return_complaint import ask_return, send_back, take_back
from bebeli.orders.flows import timers
from bebeli.orders.models import Complaint, Order, Refund
from tests import grievances, world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def ended(complaint: Complaint) -> tuple[Complaint, Order]:
    found = Complaint.objects.select_related("order__seller", "refund").get(pk=complaint.pk)
    return found, found.order


def test_agreeing_to_all_of_a_disputed_order_refunds_it() -> None:
    complaint = grievances.asked()
    for _press in range(2):
        agree_complaint(complaint.pk, grievances.maker(complaint))
    found, order = ended(complaint)
    assert (found.state, found.amount, order.status) == ("settled", order.total, "refunded")
    assert found.refund is not None
    assert (found.refund.face, found.refund.amount) == (order.total, order.total)
    assert Refund.objects.count() == 1
    assert ledger.payable_of(order.seller_id) == 0
    assert books.check() == []


def test_agreeing_to_a_part_completes_the_order_with_the_rest() -> None:
    complaint = grievances.asked(wish="part", amount=30_000)
    agree_complaint(complaint.pk, grievances.maker(complaint))
    found, order = ended(complaint)
    assert (found.amount, order.status) == (30_000, "completed")
    assert found.refund is not None
    assert found.refund.is_partial
    assert ledger.payable_of(order.seller_id) == order.total - 30_000
    kinds = set(Notice.objects.filter(ref=found.code).values_list("kind", flat=True))
    assert {"orders.complaint_settled", "orders.complaint_settled_to_seller"} <= kinds
    assert books.check() == []


def test_a_completed_order_gives_back_out_of_the_balance() -> None:
    order = grievances.completed()
    complaint = grievances.about(order, lines={order.lines.get().pk: 1})
    agree_complaint(complaint.pk, grievances.maker(complaint))
    found, order = ended(complaint)
    assert (found.amount, order.status) == (50_000, "completed")
    assert ledger.payable_of(order.seller_id) == order.total - 50_000
    assert books.check() == []


def test_all_of_a_completed_order_leaves_it_completed() -> None:
    complaint = grievances.about(grievances.completed())
    agree_complaint(complaint.pk, grievances.maker(complaint))
    found, order = ended(complaint)
    assert (found.amount, order.status, ledger.payable_of(order.seller_id)) == (order.total, "completed", 0)
    assert books.check() == []


def test_an_offer_is_accepted_as_it_was_seen() -> None:
    complaint = grievances.offered(20_000)
    maker, buyer = grievances.maker(complaint), grievances.buyer(complaint)
    assert offer_complaint(complaint.pk, maker, 20_000).messages.filter(act="offer").count() == 1
    offer_complaint(complaint.pk, maker, 25_000)
    with pytest.raises(Refused, match="offer_changed"):
        accept_offer(complaint.pk, buyer, 20_000)
    for _press in range(2):
        accept_offer(complaint.pk, buyer, 25_000)
    found, order = ended(complaint)
    assert (found.state, found.amount, order.status) == ("settled", 25_000, "completed")
    assert books.check() == []


@pytest.mark.parametrize("amount", [0, -1, 10**9])
def test_an_offer_lies_between_nothing_and_all(amount: int) -> None:
    complaint = grievances.asked()
    with pytest.raises(InvalidInput, match="bad_amount"):
        offer_complaint(complaint.pk, grievances.maker(complaint), amount)
    assert Complaint.objects.get().state == "asked"


def test_a_refusal_needs_its_reasons_and_the_maker_may_change_their_mind() -> None:
    complaint = grievances.asked()
    maker = grievances.maker(complaint)
    with pytest.raises(InvalidInput, match="words_needed"):
        refuse_complaint(complaint.pk, maker, "")
    for _press in range(2):
        refuse_complaint(complaint.pk, maker, "Kami kirim utuh.")
    assert complaint.messages.filter(act="refuse").count() == 1
    with pytest.raises(Refused, match="complaint_moved"):
        agree_complaint(complaint.pk, maker)
    assert offer_complaint(complaint.pk, maker, 10_000).state == "offered"


@pytest.mark.parametrize(("goods", "left"), [("restocked", 10), ("written_off", 8)])
def test_goods_come_back_to_be_sold_or_not(goods: str, left: int) -> None:
    complaint = grievances.asked()
    maker, buyer = grievances.maker(complaint), grievances.buyer(complaint)
    for _press in range(2):
        ask_return(complaint.pk, maker, "Kirim ke toko kami.")
    with pytest.raises(InvalidInput, match="waybill_needed"):
        send_back(complaint.pk, buyer, "JNE", "")
    for _press in range(2):
        send_back(complaint.pk, buyer, "JNE", "balik 123456")
    with pytest.raises(InvalidInput, match="goods_needed"):
        take_back(complaint.pk, maker, "dijual")
    for _press in range(2):
        take_back(complaint.pk, maker, goods)
    found, order = ended(complaint)
    assert (found.state, found.waybill, found.goods, order.status) == ("settled", "BALIK123456", goods, "refunded")
    assert grievances.goods_of(complaint).on_hand == left
    moved = dict(StockMovement.objects.filter(ref=found.code).values_list("kind", "delta"))
    assert moved == ({"return": 2} if goods == "restocked" else {"return": 2, "write_off": -2})
    assert books.check() == []


def test_what_never_arrived_cannot_be_asked_back() -> None:
    complaint = grievances.asked(problem="not_arrived")
    with pytest.raises(Refused, match="nothing_to_return"):
        ask_return(complaint.pk, grievances.maker(complaint), "Kirim kembali")


def test_a_replacement_leaves_the_shelf_and_ends_it() -> None:
    complaint = grievances.asked(wish="resend")
    maker, buyer = grievances.maker(complaint), grievances.buyer(complaint)
    with pytest.raises(Refused, match="resend_wished"):
        agree_complaint(complaint.pk, maker)
    for _press in range(2):
        resend_complaint(complaint.pk, maker, "JNE", "GANTI12345")
    assert grievances.goods_of(complaint).on_hand == 6
    for _press in range(2):
        take_replacement(complaint.pk, buyer)
    found, order = ended(complaint)
    assert (found.state, found.amount, order.status) == ("settled", 0, "completed")
    assert ledger.payable_of(order.seller_id) == order.total
    assert books.check() == []


def test_what_the_shelf_does_not_hold_is_not_sent_again() -> None:
    complaint = grievances.asked(wish="resend")
    goods = grievances.goods_of(complaint)
    grievances.shipped(stall=goods.product.seller)
    world.placed(world.user(), (goods, 7))
    with pytest.raises(Refused, match="out_of_stock"):
        resend_complaint(complaint.pk, grievances.maker(complaint), "JNE", "GANTI12345")
    assert Complaint.objects.get().state == "asked"
    assert Variant.objects.get(pk=goods.pk).on_hand == 8


def test_silence_goes_to_an_officer_once_and_both_are_told() -> None:
    complaint, officer = grievances.asked(), grievances.officer()
    assert timers.escalate_due() == 0
    with clock.moved(timedelta(hours=48, minutes=1)):
        assert timers.escalate_due() == 1
        assert timers.escalate_due() == 0
    found, order = ended(complaint)
    assert (found.state, found.answer_by, order.status) == ("officer", None, "disputed")
    assert list(found.messages.values_list("act", flat=True))[-1] == "time_out"
    told = Notice.objects.filter(ref=found.code, channel="app")
    for kind in ("orders.complaint_escalated", "orders.complaint_escalated_to_seller"):
        assert told.filter(kind=kind).count() == 1
    assert told.get(kind="orders.complaint_to_decide").user_id == officer.pk


@pytest.mark.parametrize("make", [grievances.offered, grievances.refused])
def test_the_buyers_silence_too(make: type) -> None:
    complaint = make()
    with clock.moved(3 * DAY):
        assert escalate_by_time(complaint.pk).state == "officer"
    assert escalate_by_time(grievances.asked().pk).state == "asked"


def test_a_replacement_nobody_speaks_of_counts_as_received() -> None:
    complaint = grievances.asked(wish="resend")
    sent = resend_complaint(complaint.pk, grievances.maker(complaint), "JNE", "GANTI12345")
    assert sent.answer_by is not None
    with clock.standing_at(sent.answer_by + timedelta(minutes=1)):
        assert timers.escalate_due() == 1
    found, order = ended(complaint)
    assert (found.state, order.status) == ("settled", "completed")


def test_either_side_asks_the_officer_at_its_turn() -> None:
    complaint = grievances.asked()
    maker, buyer = grievances.maker(complaint), grievances.buyer(complaint)
    with pytest.raises(Refused, match="complaint_moved"):
        ask_officer(complaint.pk, buyer)
    ask_return(complaint.pk, maker, "Kirim kembali.")
    with pytest.raises(Refused, match="complaint_moved"):
        ask_officer_as_seller(complaint.pk, maker)
    send_back(complaint.pk, buyer, "sendiri", "")
    for _press in range(2):
        ask_officer_as_seller(complaint.pk, maker, "Yang datang batu bata.")
    assert Complaint.objects.get().state == "officer"
    assert complaint.messages.filter(act="escalate").count() == 1
    other = grievances.escalated()
    assert ask_officer(other.pk, grievances.buyer(other)).state == "officer"


def test_money_the_bank_took_back_ends_every_complaint() -> None:
    complaint = grievances.asked()
    world.reversed_by_provider(world.attempt_of(complaint.order.purchase))
    found, order = ended(complaint)
    assert (found.state, order.status, found.refund_id) == ("ended", "held", None)
    assert books.check() == []


def test_money_that_comes_again_opens_it_for_an_officer() -> None:
    complaint, officer = grievances.asked(), grievances.officer()
    world.reversed_by_provider(world.attempt_of(complaint.order.purchase))
    for _press in range(2):
        restore_payment(complaint.order_id, officer.pk, "Bank mengirim lagi.")
    found, order = ended(complaint)
    assert (found.state, found.closed_at, order.status) == ("officer", None, "disputed")
    assert [message.act for message in found.messages.all()][-2:] == ["reversed", "restored"]
    decide_complaint(found.pk, officer.pk, Decision("none", "Uangnya sudah kembali."))
    assert ended(complaint)[1].status == "completed"
    assert books.check() == []
