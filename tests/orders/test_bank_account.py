"""A seller's bank account: named, held, told of, matched by name, or decided by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.sealed import unseal
from bebeli.notices.flows import send
from bebeli.notices.models import InboxMessage, Notice
from bebeli.orders import books, ledger, names
from bebeli.orders.actions.confirm_bank_account import confirm_bank_account, refuse_bank_account
from bebeli.orders.actions.name_bank_account import name_bank_account
from bebeli.orders.actions.request_payout import request_payout
from bebeli.orders.actions.verify_bank_account import bank_account_later, bank_account_missing, verify_bank_account
from bebeli.orders.models import BankAccount
from bebeli.sellers.models import Membership, Seller
from tests import payees, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall() -> Seller:
    return payees.earned(world.seller())


def named(stall: Seller, name: str = "Pemilik Uji", number: str = "1234-567 890") -> BankAccount:
    return name_bank_account(stall.pk, world.owner(stall), "014", number, name)


def test_it_is_sealed_held_and_told_of(stall: Seller) -> None:
    Membership.objects.create(seller=stall, user=world.user(), role="staff")
    account = named(stall)
    assert "1234567890" not in account.number
    assert (unseal(account.number), unseal(account.name), account.state) == ("1234567890", "Pemilik Uji", "unverified")
    assert timedelta(hours=47) < account.hold_until - clock.now() <= timedelta(hours=48)
    notices = Notice.objects.filter(kind="orders.bank_account_named")
    assert set(notices.values_list("user_id", flat=True)) == {world.owner(stall)}
    send.send_due(f"rekening-{account.pk}")
    body = InboxMessage.objects.get(user_id=world.owner(stall), kind="orders.bank_account_named").body
    assert "BCA ••••••7890" in body
    assert "1234567890" not in body


@pytest.mark.parametrize(
    ("bank", "number", "name", "field"),
    [
        ("999", "1234567", "A", "bank"),
        ("014", "12345", "A", "number"),
        ("014", "١٢٣٤٥٦٧", "A", "number"),
        ("014", "1234567", " ", "name"),
    ],
)
def test_what_is_no_account_is_refused(stall: Seller, bank: str, number: str, name: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        name_bank_account(stall.pk, world.owner(stall), bank, number, name)
    assert refusal.value.field == field
    assert not BankAccount.objects.exists()


def test_another_replaces_it_and_waits_again(stall: Seller) -> None:
    first = payees.bank_account(stall)
    second = named(stall)
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "unverified")
    verify_bank_account(second.pk, "PEMILIK UJI")
    with pytest.raises(Refused) as refusal:
        request_payout(stall.pk, world.owner(stall))
    assert refusal.value.code == "account_held"
    with clock.moved(timedelta(hours=49)):
        assert request_payout(stall.pk, world.owner(stall)).account_id == second.pk


@pytest.mark.parametrize(
    ("holder", "state"),
    [
        ("PEMILIK  UJI", "verified"),
        ("Bpk. Pemilik Uji", "verified"),
        ("pemilik-uji", "verified"),
        ("Orang Lain", "unverified"),
        ("Pemilik", "unverified"),
        ("", "unverified"),
        (None, "verified"),  # no bank can be asked: what the seller wrote counts
    ],
)
def test_the_names_must_agree(stall: Seller, holder: str | None, state: str) -> None:
    account = verify_bank_account(named(stall).pk, holder)
    assert (account.state, account.verified_by_id) == (state, None)
    assert BankAccount.objects.to_check().count() == (state == "unverified")
    assert verify_bank_account(account.pk, "Orang Lain").state == state  # asked once


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("CV Ratna Jaya Abadi", "RATNA JAYA ABADI", True),
        ("Siti Nurjanah Rahmawati Putri", "SITI NURJANAH RAHMAW", True),
        ("Siti Nurjanah Rahmawati Putri", "SITI NURJANAH", False),
        ("José Álvarez", "jose alvarez", True),
        ("PT", "CV", False),
        ("", "", False),
    ],
)
def test_how_names_agree(one: str, other: str, agree: bool) -> None:  # noqa: FBT001
    assert names.agree(one, other) is agree
    assert names.agree(other, one) is agree


def test_finance_decides_with_a_reason_never_ones_own(stall: Seller) -> None:
    account, officer = verify_bank_account(named(stall).pk, "Orang Lain"), world.finance()
    with pytest.raises(InvalidInput) as wrong:
        confirm_bank_account(account.pk, officer.pk, "  ")
    assert wrong.value.field == "alasan"
    with pytest.raises(Refused) as refusal:
        confirm_bank_account(account.pk, world.owner(stall), "milik saya")
    assert refusal.value.code == "own_account"
    done = confirm_bank_account(account.pk, officer.pk, "istri pemilik, surat kuasa ada")
    assert (done.state, done.verified_by_id) == ("verified", officer.pk)
    assert confirm_bank_account(account.pk, officer.pk, "istri pemilik, surat kuasa ada").state == "verified"
    with pytest.raises(Refused) as late:
        refuse_bank_account(account.pk, officer.pk, "berubah pikiran")
    assert late.value.code == "account_decided"


def test_a_refused_one_says_why(stall: Seller) -> None:
    account = verify_bank_account(named(stall).pk, "Orang Lain")
    refuse_bank_account(account.pk, world.finance().pk, "Bukan atas nama Anda")
    send.send_due(f"rekening-{account.pk}")
    assert InboxMessage.objects.filter(kind="orders.bank_account_refused", body__contains="Bukan atas nama Anda").exists()
    assert named(stall).state == "unverified"


def test_a_number_that_no_bank_knows(stall: Seller) -> None:
    account = bank_account_missing(named(stall).pk)
    assert (account.state, account.reason[:18]) == ("refused", "Bank tidak mengena")
    with pytest.raises(Refused) as refusal:
        request_payout(stall.pk, world.owner(stall))
    assert refusal.value.code == "account_unverified"


def test_a_silent_bank_is_asked_later(stall: Seller) -> None:
    assert bank_account_later(named(stall).pk).ask_at > clock.now() + timedelta(minutes=9)


@pytest.mark.parametrize("approved", [False, True])
def test_what_is_not_on_its_way_never_goes_to_an_account_that_was_replaced(*, approved: bool) -> None:
    stall = payees.earned(world.seller())
    payout = payees.payout(stall)
    if approved:
        payees.approved(payout)
    before = ledger.payable_of(stall.pk)
    name_bank_account(stall.pk, world.owner(stall), "008", "9876543210", stall.owner_name)
    payout.refresh_from_db()
    assert (payout.state, payout.reason) == ("rejected", "Rekening tujuannya diganti")
    assert ledger.payable_of(stall.pk) == before + payout.amount
    assert books.check() == []
