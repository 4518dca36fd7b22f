"""Much money that a person decided to give back: a second one agrees, a third or the first pays, with a proof."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client

from bebeli.accounts.models import User
from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.notices import kinds
from bebeli.notices.models import Notice
from bebeli.orders import books
from bebeli.orders.actions.answer_refund import answer_refund
from bebeli.orders.actions.approve_refund import approve_refund
from bebeli.orders.actions.refund import name_refund_account, refund_paid_by_hand
from bebeli.orders.actions.take_refund import leave_refund, take_refund
from bebeli.orders.actions.turn_down_refund import turn_down_refund
from bebeli.orders.flows import documents
from bebeli.orders.flows import refund as refunds
from bebeli.orders.flows.refund_proof import pay_with_proof
from bebeli.orders.models import Refund, RefundWord
from tests import returning, world
from tests.conftest import Provider
from tests.orders.test_payout_pages import desk_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _limit(settings: Any) -> None:
    settings.REFUND_TWO_PEOPLE_FROM = 50_000


def decided(by: User, method: str = "bca_va") -> Refund:
    """Much money, decided by somebody."""
    return returning.pieces(returning.order(method=method), officer=by)


def named(refund: Refund) -> Refund:
    return name_refund_account(refund.pk, "014", "1234567890", "Pembeli Uji")


def tried(refund: Refund, by: User) -> list[str]:
    """Why somebody may neither take nor pay it."""
    with pytest.raises(Refused) as take:
        take_refund(refund.pk, by.pk)
    with pytest.raises(Refused) as pay:
        refund_paid_by_hand(refund.pk, by.pk, "REF-12345", world.PROOF)
    return [take.value.code, pay.value.code]


def browser(user: User) -> Client:
    return desk_of(user.pk, "mfa")


def test_the_one_who_decided_does_not_approve_and_nothing_goes_out_before() -> None:
    first, second = world.finance(), world.finance()
    refund = decided(first, "qris")
    assert refunds.send(refund.pk) == "taken"
    with pytest.raises(Refused) as refusal:
        approve_refund(refund.pk, first.pk)
    assert refusal.value.code == "own_decision"
    assert "Petugas keuangan lain" in str(refusal.value.message)
    assert Refund.objects.get().state == "requested"
    assert approve_refund(refund.pk, second.pk).state == "approved"
    assert approve_refund(refund.pk, second.pk).approved_by_id == second.pk
    with pytest.raises(Refused) as refusal:
        approve_refund(refund.pk, world.finance().pk)
    assert refusal.value.code == "refund_moved"


def test_once_approved_the_provider_is_asked_for_exactly_the_part(provider: Provider) -> None:
    purchase = world.charged(world.user(), (world.variant(price=50_000), 3), method="qris")
    provider.settle(purchase)
    order = world.orders_of(purchase)[0]
    first, second = world.finance(), world.finance()
    parts = [returning.pieces(order, officer=first) for _each in range(2)]
    for refund in parts:
        approve_refund(refund.pk, second.pk)
        assert refunds.send(refund.pk) == "sent"
    known = provider.bank.find(world.attempt_of(purchase).code)
    assert [row["amount"] for row in known["refunds"]] == [50_000, 50_000]
    assert known["status"] == "partial_refund"
    provider.bank.confirm_refunds(world.attempt_of(purchase).code)
    for refund in parts:
        assert refunds._step(refund) == "confirmed"  # noqa: SLF001  the step without its pause
    documents.issue_due()
    assert books.check() == []


def test_by_transfer_it_waits_for_the_second_and_the_second_does_not_pay() -> None:
    first, second, third = world.finance(), world.finance(), world.finance()
    refund = named(decided(first))
    with pytest.raises(Refused) as refusal:
        refund_paid_by_hand(refund.pk, third.pk, "REF-12345", world.PROOF)
    assert refusal.value.code == "not_approved"
    approve_refund(refund.pk, second.pk)
    assert tried(refund, second) == ["own_approval", "own_approval"]
    assert refund_paid_by_hand(refund.pk, first.pk, "REF-12345", world.PROOF).state == "confirmed"
    documents.issue_due()
    assert books.check() == []


def test_what_one_has_taken_nobody_else_pays_until_an_hour_is_over() -> None:
    one, other = world.finance(), world.finance()
    refund = named(returning.pieces(returning.order(method="bca_va")))
    take_refund(refund.pk, one.pk)
    assert tried(refund, other) == ["taken", "taken"]
    leave_refund(refund.pk, other.pk)
    assert Refund.objects.get(pk=refund.pk).taken_by_id == one.pk
    with clock.moved(timedelta(minutes=61)):
        assert take_refund(refund.pk, other.pk).taken_by_id == other.pk
        assert leave_refund(refund.pk, other.pk).taken_by_id is None
    assert refund_paid_by_hand(refund.pk, other.pk, "REF-12345", world.PROOF).state == "confirmed"


def test_only_an_open_transfer_can_be_taken() -> None:
    refund = returning.pieces(returning.order(method="qris"))
    with pytest.raises(Refused) as refusal:
        take_refund(refund.pk, world.finance().pk)
    assert refusal.value.code == "refund_moved"


def test_no_proof_no_end_and_a_refused_end_leaves_no_file() -> None:
    boss = world.finance()
    refund = named(returning.pieces(returning.order(method="bca_va")))
    with pytest.raises(InvalidInput) as wrong:
        pay_with_proof(refund.pk, boss.pk, "REF-12345", None)
    assert wrong.value.field == "bukti"
    with pytest.raises(InvalidInput) as wrong:
        pay_with_proof(refund.pk, boss.pk, "R", world.picture())
    assert wrong.value.field == "referensi"
    before = set(storages["private"].listdir("bukti")[1])
    paid = pay_with_proof(refund.pk, boss.pk, "REF-12345", world.picture())
    assert storages["private"].exists(paid.proof)
    assert pay_with_proof(refund.pk, boss.pk, "REF-12345", world.picture("red")).proof == paid.proof
    assert len(set(storages["private"].listdir("bukti")[1]) - before) == 1


def test_the_desk_walks_from_the_decision_to_the_money() -> None:
    first, second, third = world.finance(), world.finance(), world.finance()
    refund = decided(first)
    page, mine, yours = f"/keuangan/pengembalian/{refund.pk}/", browser(first), browser(second)
    assert "Perlu persetujuan kedua" in mine.get("/keuangan/").content.decode()
    assert "Anda yang memutuskan" in mine.get(page).content.decode()
    assert "Setujui" not in mine.get(page).content.decode()
    mine.post(f"{page}setuju/")
    assert Refund.objects.get().state == "requested"
    assert "Setujui Rp50.000" in yours.get(page).content.decode()
    yours.post(f"{page}setuju/")
    assert "Pembeli belum mengisi rekening" in yours.get(page).content.decode()
    named(refund)
    assert "Anda yang menyetujui" in yours.get(page).content.decode()
    hers = browser(third)
    assert "Kerjakan pengembalian ini" in hers.get(page).content.decode()
    hers.post(f"{page}ambil/")
    assert "Jangan transfer dua kali" in mine.get(page).content.decode()
    assert "1234567890" in hers.get(page).content.decode()
    answer = hers.post(f"{page}selesai/", {"referensi": "REF-12345"})
    assert (answer.status_code, "bukti_error" in answer.content.decode()) == (422, True)
    hers.post(f"{page}selesai/", {"referensi": "REF-12345", "bukti": world.picture()})
    shown = hers.get(page).content.decode()
    assert "Lihat bukti transfer" in shown
    assert hers.get(f"{page}bukti/")["Content-Type"] == "image/webp"
    assert "1234567890" not in browser(world.auditor()).get(page).content.decode()


def test_a_page_of_an_order_with_two_refunds_takes_one_account_for_both() -> None:
    order = returning.order(pieces=3, method="bca_va")
    for _each in range(2):
        returning.pieces(order)
    buyer = browser(User.objects.get(pk=order.purchase.buyer_id or 0))
    page = f"/pesanan/{order.code}/"
    assert buyer.get(page).content.decode().count("menunggu persetujuan") == 0
    assert buyer.get(page).content.decode().count("disetujui") == 2
    assert buyer.post(f"{page}rekening/", {"bank": "014", "nomor": "1", "nama": "Uji"}).status_code == 422
    nowhere = buyer.post(f"{page}rekening/", {"bank": "", "nomor": "1234567890", "nama": "Uji"})
    assert (nowhere.status_code, "Pilih banknya." in nowhere.content.decode()) == (422, True)
    buyer.post(f"{page}rekening/", {"bank": "014", "nomor": "1234567890", "nama": "Uji"})
    assert not Refund.objects.filter(account_number="").exists()
    assert "1234567890" not in buyer.get(page).content.decode()


def told(kind: str) -> dict[int, str]:
    """Who hears it on the page of notices, and in which words."""
    said = Notice.objects.filter(kind=kind, channel="app")
    return {
        one.user_id or 0: kinds.find(kind).words(one.payload).body for one in said if kinds.find(kind).still_true(one.payload)
    }


def test_finance_hears_what_waits_for_a_second_but_not_who_decided_it() -> None:
    first, second = world.finance(), world.finance()
    refund = decided(first)
    assert set(told("orders.refund_to_approve")) == {second.pk}
    assert kinds.group_of("orders.refund_to_approve") in kinds.open_groups()
    approve_refund(refund.pk, second.pk)
    assert told("orders.refund_to_approve") == {}


def test_a_no_goes_back_to_who_decided_and_the_money_stays_owed() -> None:
    first, second, third = world.finance(), world.finance(), world.finance()
    refund = decided(first)
    assert refused(turn_down_refund, refund, first) == "own_decision"
    with pytest.raises(InvalidInput) as wrong:
        turn_down_refund(refund.pk, second.pk, "  ")
    assert wrong.value.field == "alasan"
    turn_down_refund(refund.pk, second.pk, "fotonya buram")
    assert turn_down_refund(refund.pk, second.pk, "fotonya buram").state == "requested"
    assert RefundWord.objects.count() == 1
    assert (set(told("orders.refund_turned_down")), told("orders.refund_to_approve")) == ({first.pk}, {})
    assert "fotonya buram" in told("orders.refund_turned_down")[first.pk]
    assert refused(turn_down_refund, refund, third) == "turned_down"
    with pytest.raises(Refused, match="Jawab dulu"):
        approve_refund(refund.pk, third.pk)  # nobody steps over an unanswered no
    assert refused(answer_refund, refund, second) == "own_no"
    documents.issue_due()
    assert books.check() == []
    answer_refund(refund.pk, third.pk, "foto baru ada di keluhan")
    again = Notice.objects.filter(kind="orders.refund_to_approve", ref__contains="-w")
    assert (set(again.values_list("user_id", flat=True)), told("orders.refund_turned_down")) == ({second.pk}, {})
    assert refused(answer_refund, refund, third) == "not_turned_down"
    for stood_up in (first, third):
        with pytest.raises(Refused, match="Anda yang memutuskan"):
            approve_refund(refund.pk, stood_up.pk)
    assert books.check() == []
    turn_down_refund(refund.pk, second.pk, "masih buram")
    assert approve_refund(refund.pk, second.pk).turned_down_by_id is None  # who said no may change their mind
    assert books.check() == []


def test_nobody_agrees_to_money_of_their_own() -> None:
    first = world.finance()
    refund = decided(first)
    buyer = User.objects.get(pk=refund.attempt.payment.purchase.buyer_id or 0)
    with pytest.raises(Refused) as refusal:
        approve_refund(refund.pk, buyer.pk)
    assert (refusal.value.code, refused(turn_down_refund, refund, buyer)) == ("own_purchase", "own_purchase")


def refused(verb: Callable[[int, int, str], Refund], refund: Refund, by: User) -> str:
    """Why somebody may not say it."""
    with pytest.raises(Refused) as refusal:
        verb(refund.pk, by.pk, "sebabnya")
    return refusal.value.code


def test_the_desk_turns_down_and_answers() -> None:
    first, second = world.finance(), world.finance()
    refund = decided(first)
    page, mine, yours = f"/keuangan/pengembalian/{refund.pk}/", browser(first), browser(second)
    empty = yours.post(f"{page}tolak/", {"alasan": ""})
    assert (empty.status_code, "alasan_error" in empty.content.decode()) == (422, True)
    yours.post(f"{page}tolak/", {"alasan": "fotonya buram"})
    assert "Ditolak petugas kedua" in mine.get("/keuangan/").content.decode()
    assert "Setujui Rp50.000" in yours.get(page).content.decode()
    shown = mine.get(page).content.decode()
    assert ("fotonya buram" in shown, "Ajukan lagi" in shown) == (True, True)
    mine.post(f"{page}ajukan/", {"alasan": "sudah diganti"})
    assert "sudah diganti" in yours.get(page).content.decode()
    yours.post(f"{page}setuju/")
    assert Refund.objects.get().state == "approved"
