"""A payout that arrived although it was given back: laid before finance, booked by one, undone where it comes back, too."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.notices.flows import send
from bebeli.notices.models import InboxMessage, Notice
from bebeli.orders import books, ledger
from bebeli.orders.actions.owe_payout import owe_payout
from bebeli.orders.actions.send_payout import payout_going
from bebeli.orders.actions.settle_payout import settle_payout
from bebeli.orders.actions.take_payout import leave_payout, take_payout
from bebeli.orders.models import BankAccount, Entry, Payout
from bebeli.sellers.models import Membership, Seller
from tests import payees, world
from tests.orders.test_payout import by_hand, sent, truth
from tests.orders.test_payout_pages import desk_of

pytestmark = pytest.mark.django_db
DAY_OLD = (
    "UPDATE orders_payout SET paid_after_at = paid_after_at - interval '25 hours', owed_at = NULL, owed_by_id = NULL, owed = 0"
)
CORRUPTIONS = {
    "I65": (
        DAY_OLD,
        "UPDATE orders_payout SET owed = owed + 1 WHERE owed > 0",
        "UPDATE orders_payout SET owed_at = NULL, owed_by_id = NULL, owed = 0",
        "UPDATE orders_payout SET unpaid_at = now() WHERE owed > 0",
        "UPDATE orders_entry SET kind = 'other' WHERE kind = 'payout_owed'",
        "UPDATE orders_entry SET payout_id = NULL WHERE kind = 'payout_owed'",
        "UPDATE orders_posting SET amount = amount + 1 FROM orders_entry e WHERE e.id = entry_id AND e.kind = 'payout_owed'",
    ),
}


def arrived(stall: Seller | None = None) -> Payout:
    """One that failed, was given back, and is completed at the provider after all."""
    payout = sent(stall)
    settle_payout(payout.pk, truth(payout, "failed", why="rekening tutup"))
    settle_payout(payout.pk, truth(payout, "completed"))
    payout.refresh_from_db()
    return payout


def owed(payout: Payout) -> Payout:
    """Booked by somebody of finance."""
    officer = world.finance().pk
    take_payout(payout.pk, officer)
    return owe_payout(payout.pk, officer)


def wrong_next_day() -> set[str]:
    """What the books say a day and an hour later; notices and papers that no task made meanwhile are left out."""
    with clock.moved(timedelta(hours=25)):
        return {found.code for found in books.check()} - {"I26", "I34"}


def standing(stall: Seller) -> tuple[int, int, int]:
    return ledger.payable_of(stall.pk), ledger.pending_of(stall.pk), ledger.debt_of(stall.pk)


def test_finance_hears_of_it_once_and_nothing_moves_by_itself() -> None:
    officer = world.finance()
    payout = arrived()
    settle_payout(payout.pk, truth(payout, "completed"))
    assert (payout.state, payout.paid_after_at is not None, payout.owed_at) == ("failed", True, None)
    assert standing(payout.seller) == (200_000, 0, 0)
    channels = list(Notice.objects.filter(kind="orders.payout_paid_after", user=officer).values_list("channel", flat=True))
    assert len(channels) == len(set(channels)) > 0
    send.send_due(f"{payout.key}-{payout.paid_after_at:%Y%m%d%H%M%S}")
    assert InboxMessage.objects.get(kind="orders.payout_paid_after", user=officer).url == f"/keuangan/payout/{payout.pk}/"
    assert books.check() == []
    assert wrong_next_day() == {"I65"}


def test_what_the_balance_still_holds_is_taken_again() -> None:
    payout = owed(arrived())
    assert (payout.owed, payout.retaken, standing(payout.seller)) == (0, 200_000, (0, 0, 0))
    assert owe_payout(payout.pk, payout.owed_by_id or 0).pk == payout.pk
    assert Entry.objects.filter(kind="payout_owed").count() == 1
    assert wrong_next_day() == set()


def test_what_the_balance_does_not_hold_is_a_debt_that_the_next_earnings_settle() -> None:
    payout = arrived()
    stall = payout.seller
    payees.payout(stall, amount=150_000)
    done = owed(payout)
    assert (done.owed, done.retaken, standing(stall)) == (150_000, 50_000, (0, 150_000, 150_000))
    send.send_due(f"{payout.key}-{done.owed_at:%Y%m%d%H%M%S}")
    told = InboxMessage.objects.get(kind="orders.payout_owed").body
    assert "Rp50.000" in told
    assert "Rp150.000" in told
    Payout.objects.filter(state="requested").update(state="rejected", ended_at=clock.now())
    assert "I23" in {found.code for found in books.check()}
    Payout.objects.filter(state="rejected").update(state="requested", ended_at=None)
    payees.earned(stall, 180_000)
    assert books.check() == []
    page = desk_of(world.owner(stall)).get("/penjual/saldo/").content.decode()
    assert "Ternyata sudah masuk rekening Anda" in page


def test_the_next_payout_settles_the_debt_first() -> None:
    stall = arrived().seller
    second = payees.approved(payees.payout(stall))
    payout_going(second.pk)
    settle_payout(second.pk, truth(second, "completed"))
    owed(Payout.objects.exclude(pk=second.pk).get())
    assert standing(stall) == (0, 0, 200_000)
    third = payees.payout(payees.earned(stall, 350_000))
    assert (third.amount, standing(stall)) == (150_000, (0, 150_000, 0))
    assert books.check() == []


def test_one_officer_books_it_and_nobody_who_made_it() -> None:
    payout, officer, other = arrived(), world.finance(), world.finance()
    with pytest.raises(Refused) as loose:
        owe_payout(payout.pk, officer.pk)
    take_payout(payout.pk, officer.pk)
    with pytest.raises(Refused) as late:
        take_payout(payout.pk, other.pk)
    with pytest.raises(Refused) as busy:
        owe_payout(payout.pk, other.pk)
    assert (loose.value.code, late.value.code, busy.value.code) == ("not_taken", "taken", "taken")
    leave_payout(payout.pk, officer.pk)
    Membership.objects.create(seller=payout.seller, user=officer, role="staff")
    BankAccount.objects.filter(pk=payout.account_id).update(verified_by=other, reason="sudah dicek")
    for maker in (officer, other):
        with pytest.raises(Refused) as own:
            take_payout(payout.pk, maker.pk)
        Payout.objects.filter(pk=payout.pk).update(taken_by=maker, taken_at=clock.now())
        with pytest.raises(Refused) as own_word:
            owe_payout(payout.pk, maker.pk)
        assert {own.value.code, own_word.value.code} == {"own_payout"}
    assert not Entry.objects.filter(kind="payout_owed").exists()


def test_only_one_that_arrived_after_all_is_booked() -> None:
    officer = world.finance().pk
    failed, file = sent(), by_hand(officer)
    settle_payout(failed.pk, truth(failed, "failed"))
    for payout in (failed, file):
        Payout.objects.filter(pk=payout.pk).update(taken_by=officer, taken_at=clock.now())
        with pytest.raises(Refused) as refusal:
            owe_payout(payout.pk, officer)
        assert refusal.value.code == "payout_moved"
    with pytest.raises(Refused):
        take_payout(failed.pk, officer)


def test_who_took_it_for_another_reason_does_not_hold_it_now() -> None:
    payout = sent()
    Payout.objects.filter(pk=payout.pk).update(taken_by=world.finance(), taken_at=clock.now())
    settle_payout(payout.pk, truth(payout, "failed"))
    settle_payout(payout.pk, truth(payout, "completed"))
    payout.refresh_from_db()
    assert payout.taken_by is None


def test_a_word_taken_back_before_it_is_booked_leaves_nothing() -> None:
    payout = arrived()
    settle_payout(payout.pk, truth(payout, "failed", why="dikembalikan bank"))
    payout.refresh_from_db()
    assert (payout.paid_after_at, payout.error, standing(payout.seller)) == (None, "dikembalikan bank", (200_000, 0, 0))
    assert wrong_next_day() == set()


def test_what_comes_back_too_undoes_the_debt_once() -> None:
    payout = owed(arrived())
    payees.earned(payout.seller, 50_000)
    for _again in range(2):
        assert settle_payout(payout.pk, truth(payout, "failed", why="dikembalikan bank")) == "failed"
    payout.refresh_from_db()
    assert (payout.unpaid_at is not None, payout.is_owed, standing(payout.seller)) == (True, False, (250_000, 0, 0))
    undone = Entry.objects.get(kind="payout_unpaid")
    assert undone.reverses == Entry.objects.get(kind="payout_owed")
    assert Notice.objects.filter(kind="orders.payout_unpaid").exists()
    assert wrong_next_day() == set()


def test_a_debt_that_was_settled_meanwhile_is_the_sellers_again() -> None:
    payout = arrived()
    stall = payout.seller
    second = payees.approved(payees.payout(stall))
    payout_going(second.pk)
    settle_payout(second.pk, truth(second, "completed"))
    owed(payout)
    payees.payout(payees.earned(stall, 350_000))
    assert standing(stall) == (0, 150_000, 0)
    settle_payout(payout.pk, truth(payout, "failed"))
    assert standing(stall) == (200_000, 150_000, 0)
    assert books.check() == []


def test_it_may_arrive_and_come_back_again_and_again() -> None:
    payout = arrived()
    for number in (1, 2, 3):
        owed(Payout.objects.get(pk=payout.pk))
        assert standing(payout.seller) == (0, 0, 0)
        settle_payout(payout.pk, truth(payout, "failed"))
        assert standing(payout.seller) == (200_000, 0, 0)
        settle_payout(payout.pk, truth(payout, "completed"))
        assert Entry.objects.filter(kind="payout_owed").count() == number
        assert books.check() == []
    assert Payout.objects.to_owe().count() == 1


@pytest.mark.parametrize("lie", CORRUPTIONS["I65"])
def test_the_books_name_a_lie_about_it(lie: str) -> None:
    payout = arrived()
    payees.payout(payout.seller, amount=150_000)
    owed(payout)
    assert books.check() == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for guard in ("orders_entry", "orders_posting"):
            cursor.execute(f"ALTER TABLE {guard} DISABLE TRIGGER USER")
        cursor.execute(lie)
    assert "I65" in {found.code for found in books.check()}


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "completed"},
        {"owed_at": clock.now()},
        {"owed": 1},
        {"owed_at": clock.now(), "owed_by": 0, "owed": 200_001},
        {"unpaid_at": clock.now()},
    ],
)
def test_the_row_holds_who_booked_what(fields: dict[str, Any]) -> None:
    payout = arrived()
    if "owed_by" in fields:
        fields = {**fields, "owed_by": world.finance()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Payout.objects.filter(pk=payout.pk).update(**fields)
