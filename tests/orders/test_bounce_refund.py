"""A transfer to a buyer came back: the confirmation is negated, the promise goes on to another account, nobody pays alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.notices.models import Notice
from bebeli.orders import books
from bebeli.orders.actions.approve_refund import approve_refund
from bebeli.orders.actions.bounce_refund import bounce_refund
from bebeli.orders.actions.refund import name_refund_account, refund_paid_by_hand
from bebeli.orders.actions.reject import reject
from bebeli.orders.flows import documents, matching
from bebeli.orders.models import MoneyReport, Refund, ReportLine
from tests import world
from tests.orders.test_payout_pages import desk_of
from tests.orders.test_suspicion import balances

pytestmark = pytest.mark.django_db
WHY = "rekening sudah ditutup"


def transferred(payer: int) -> Refund:
    """A fallen order whose money finance says it has transferred."""
    order = world.orders_of(world.paid(world.user(), (world.variant(price=20_000), 1)))[0]
    reject(order.pk, world.owner(order.seller), "habis")
    refund = order.refunds.get()
    return pay(refund, payer)


def pay(refund: Refund, payer: int, number: str = "1234567890") -> Refund:
    name_refund_account(refund.pk, "014", number, "Uji")
    return refund_paid_by_hand(refund.pk, payer, f"REF-{refund.pk:06d}", world.PROOF)


def is_right() -> bool:
    documents.issue_due()
    return books.check() == []


def test_what_came_back_is_owed_again_to_another_account() -> None:
    officer = world.finance()
    refund = transferred(officer.pk)
    before = balances()
    with pytest.raises(InvalidInput):
        bounce_refund(refund.pk, officer.pk, " ")
    for _each in range(2):
        bounce_refund(refund.pk, officer.pk, f" {WHY} ")
    refund.refresh_from_db()
    again = Refund.objects.get(origin=refund)
    assert (refund.state, refund.error, again.state, again.account_number) == ("failed", WHY, "approved", "")
    assert (again.amount, again.channel, again.key != refund.key) == (refund.amount, "bank", True)
    assert balances()["refund_payable"] == -refund.amount
    assert Notice.objects.filter(kind="orders.refund_bounced", ref=again.key).exists()
    assert is_right()
    assert pay(again, officer.pk, "9876543210").state == "confirmed"
    assert (balances(), is_right()) == (before, True)


def test_much_money_goes_out_again_by_two_people_only(settings: Any) -> None:
    officer, second = world.finance(), world.finance()
    refund = transferred(officer.pk)
    settings.REFUND_TWO_PEOPLE_FROM = 10_000
    bounce_refund(refund.pk, officer.pk, WHY)
    again = Refund.objects.get(origin=refund)
    assert (again.state, again.needs_second, again.decided_by_id) == ("requested", True, officer.pk)
    assert Notice.objects.filter(kind="orders.refund_to_approve", user=second, ref=again.key).exists()
    with pytest.raises(Refused):
        approve_refund(again.pk, officer.pk)
    approve_refund(again.pk, second.pk)
    assert (pay(again, officer.pk).state, is_right()) == ("confirmed", True)


def test_only_a_transfer_of_money_that_is_still_ours_comes_back() -> None:
    officer = world.finance()
    refund = transferred(officer.pk)
    with pytest.raises(Refused) as own:
        bounce_refund(refund.pk, refund.attempt.payment.purchase.buyer_id or 0, WHY)
    bounce_refund(refund.pk, officer.pk, WHY)
    with pytest.raises(Refused) as early:
        bounce_refund(Refund.objects.get(origin=refund).pk, officer.pk, WHY)
    other = transferred(officer.pk)
    world.reversed_by_provider(other.attempt)
    with pytest.raises(Refused) as gone:
        bounce_refund(other.pk, officer.pk, WHY)
    assert [found.value.code for found in (own, early, gone)] == ["own_purchase", "not_transferred", "payment_gone"]


def test_the_banks_statement_knows_both_ways() -> None:
    refund = transferred(world.finance().pk)
    bounce_refund(refund.pk, world.finance().pk, WHY)
    report = MoneyReport.objects.create(kind="bank", name="mutasi.csv", sha256="0" * 64, uploaded_by=world.finance())
    lines = [
        ReportLine.objects.create(
            report=report, kind="bank", key=f"k{number}", number=number, day=clock.today(), gross=gross, words=refund.reference
        )
        for number, gross in enumerate((-refund.amount, refund.amount), start=1)
    ]
    assert [matching.again(line.pk) for line in lines] == [True, True]
    assert set(ReportLine.objects.values_list("refund_id", flat=True)) == {refund.pk}
    assert "I47" not in {found.code for found in books.check()}
    Refund.objects.filter(pk=refund.pk).update(amount=refund.amount - 1)
    assert "I47" in {found.code for found in books.check()}


def test_finance_says_it_on_the_refunds_page_with_the_second_factor() -> None:
    officer = world.finance()
    refund = transferred(officer.pk)
    here = f"/keuangan/pengembalian/{refund.pk}/"
    browser = desk_of(officer.pk, "mfa")
    assert "Transfernya kembali atau salah rekening" in browser.get(here).content.decode()
    assert desk_of(officer.pk, "password").post(f"{here}pantul/", {"alasan": WHY})["Location"].startswith("/akun/kode/lagi/")
    assert browser.post(f"{here}pantul/", {"alasan": ""}).status_code == 422
    browser.post(f"{here}pantul/", {"alasan": WHY})
    refund.refresh_from_db()
    with clock.moved(timedelta(minutes=1)):
        assert (refund.has_bounced, "Transfernya kembali" in browser.get(here).content.decode()) == (True, False)
