"""A payout's way: asked for, approved by others, sent, and every end it may come to; the books after each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import IntegrityError, transaction

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.sealed import unseal
from bebeli.notices.flows import send
from bebeli.notices.models import InboxMessage
from bebeli.orders import books, ledger
from bebeli.orders.actions.approve_payout import approve_payout
from bebeli.orders.actions.batch_payouts import batch_payouts
from bebeli.orders.actions.complete_payout import complete_payout
from bebeli.orders.actions.fail_payout import bounce_payout, fail_payout
from bebeli.orders.actions.reject_payout import reject_payout
from bebeli.orders.actions.request_payout import request_payout
from bebeli.orders.actions.send_payout import payout_going, payout_known, payout_refused, payout_unknown
from bebeli.orders.actions.settle import settle
from bebeli.orders.actions.settle_payout import settle_payout
from bebeli.orders.actions.take_payout import leave_payout, take_payout
from bebeli.orders.gateway.payouts import PayoutTruth
from bebeli.orders.models import Account, Entry, Order, Payout
from bebeli.orders.proofs import KeptProof
from bebeli.sellers.models import Seller
from tests import payees, world

pytestmark = pytest.mark.django_db
PROOF = KeptProof("bukti/uji.webp", 1, "0" * 64)


def truth(payout: Payout, status: str, **fields: Any) -> PayoutTruth:
    said: dict[str, Any] = {
        "reference_no": f"ref{payout.pk}",
        "status": status,
        "amount": payout.amount,
        "account": unseal(payout.account.number),
        "notes": payout.key,
    }
    return PayoutTruth(**{**said, **fields})


def money(stall: Seller) -> tuple[int, int]:
    return ledger.payable_of(stall.pk), ledger.pending_of(stall.pk)


def sent(stall: Seller | None = None) -> Payout:
    """One that the provider has under a number."""
    payout = payees.approved(payees.payout(stall))
    assert payout_going(payout.pk)
    return payout_known(payout.pk, f"ref{payout.pk}")


def by_hand(officer: int) -> Payout:
    """One that an officer of finance transfers."""
    payout = payees.approved(payees.payout(bank="111"))
    batch_payouts(officer)
    payout.refresh_from_db()
    return payout


def test_asking_moves_the_balance_under_way() -> None:
    payout = payees.payout()
    assert (payout.amount, payout.state, payout.channel, payout.approvals_needed) == (200_000, "requested", "iris", 1)
    assert money(payout.seller) == (0, 200_000)
    assert books.check() == []


def test_a_part_may_be_asked_for() -> None:
    payout = payees.payout(amount=50_000)
    assert money(payout.seller) == (150_000, 50_000)
    assert books.check() == []


@pytest.mark.parametrize("amount", [-1, 0, 9_999, 200_001])
def test_an_amount_that_cannot_be_is_refused(amount: int) -> None:
    stall = payees.earned(world.seller())
    payees.bank_account(stall)
    with pytest.raises(InvalidInput) as refusal:
        request_payout(stall.pk, world.owner(stall), amount)
    assert refusal.value.field == "jumlah"
    assert money(stall) == (200_000, 0)


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("direct", "seller_direct"),
        ("suspended", "seller_suspended"),
        ("none", "no_account"),
        ("open", "payout_open"),
        ("poor", "too_little"),
    ],
)
def test_what_keeps_it_from_being_asked_for(case: str, code: str, settings: Any) -> None:
    stall = world.seller() if case == "poor" else payees.earned(world.seller())
    if case != "none":
        payees.bank_account(stall)
    if case == "open":
        payees.payout(stall, amount=10_000)
    if case == "suspended":
        Seller.objects.filter(pk=stall.pk).update(status="suspended")
    settings.SETTLEMENT_MODE = "seller_direct" if case == "direct" else "gateway_escrow"
    before = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        request_payout(stall.pk, world.owner(stall))
    assert refusal.value.code == code
    assert Entry.objects.count() == before


def test_a_debt_is_settled_first() -> None:
    stall = payees.earned(world.seller(), 150_000)
    attempt = world.attempt_of(Order.objects.get().purchase)
    settle(attempt.pk, world.truth(attempt, "deny", status_code="202"), configured.MIDTRANS_MERCHANT_ID)
    assert ledger.debt_of(stall.pk) == 150_000
    payout = payees.payout(payees.earned(stall, 200_000))
    assert payout.amount == 200_000
    assert (ledger.debt_of(stall.pk), *money(stall)) == (0, 0, 200_000)
    assert books.check() == []


def test_a_debt_alone_pays_nothing_out() -> None:
    stall = payees.earned(world.seller(), 150_000)
    attempt = world.attempt_of(Order.objects.get().purchase)
    settle(attempt.pk, world.truth(attempt, "deny", status_code="202"), configured.MIDTRANS_MERCHANT_ID)
    with pytest.raises(Refused) as refusal:
        payees.payout(stall)
    assert refusal.value.code == "too_little"
    assert money(stall) == (150_000, 0)


def test_the_same_key_is_the_same_payout() -> None:
    stall = payees.earned(world.seller())
    payees.bank_account(stall)
    first = request_payout(stall.pk, world.owner(stall), 20_000, "kunci")
    assert request_payout(stall.pk, world.owner(stall), 20_000, "kunci").pk == first.pk
    with pytest.raises(InvalidInput) as refusal:
        request_payout(stall.pk, world.owner(stall), 30_000, "kunci")
    assert refusal.value.code == "idempotency_mismatch"


def test_no_maker_approves_it() -> None:
    payout = payees.payout()
    for maker in (payout.requested_by_id, world.owner(payout.seller)):
        with pytest.raises(Refused) as refusal:
            approve_payout(payout.pk, maker or 0)
        assert refusal.value.code == "own_payout"
    officer = world.finance()
    assert approve_payout(payout.pk, officer.pk).state == "approved"
    assert approve_payout(payout.pk, officer.pk).state == "approved"
    with pytest.raises(Refused) as late:
        approve_payout(payout.pk, world.finance().pk)
    assert late.value.code == "payout_moved"
    assert payout.approvals.count() == 1


def test_a_large_one_needs_two_people() -> None:
    payout = payees.payout(payees.earned(world.seller(), configured.PAYOUT_TWO_PEOPLE_FROM))
    officer = world.finance()
    approve_payout(payout.pk, officer.pk)
    assert approve_payout(payout.pk, officer.pk).state == "requested"
    assert not payout_going(payout.pk)
    assert approve_payout(payout.pk, world.finance().pk).state == "approved"
    assert books.check() == []


def test_a_rejected_one_is_the_sellers_again() -> None:
    payout, officer = payees.payout(), world.finance()
    with pytest.raises(InvalidInput):
        reject_payout(payout.pk, officer.pk, " ")
    done = reject_payout(payout.pk, officer.pk, "Nama tidak jelas")
    assert (done.state, money(payout.seller)) == ("rejected", (200_000, 0))
    assert reject_payout(payout.pk, officer.pk, "Nama tidak jelas").state == "rejected"
    send.send_due(payout.key)
    assert InboxMessage.objects.filter(kind="orders.payout_returned", body__contains="Nama tidak jelas").exists()
    assert books.check() == []


def test_it_is_sent_once_and_completes_once() -> None:
    payout = sent()
    assert not payout_going(payout.pk)
    assert settle_payout(payout.pk, truth(payout, "processed")) == "sent"
    assert settle_payout(payout.pk, truth(payout, "completed")) == "completed"
    assert settle_payout(payout.pk, truth(payout, "completed")) == "completed"
    assert money(payout.seller) == (0, 0)
    assert Entry.objects.filter(kind="payout_completed").count() == 1
    assert books.check() == []


def test_a_failed_one_comes_back() -> None:
    payout = sent()
    assert settle_payout(payout.pk, truth(payout, "failed", why="rekening tutup")) == "failed"
    assert settle_payout(payout.pk, truth(payout, "completed")) == "failed"  # people must look: nothing moves by itself
    payout.refresh_from_db()
    assert "completed at the provider" in payout.error
    assert money(payout.seller) == (200_000, 0)
    assert books.check() == []


def test_a_bounced_one_comes_back_by_new_entries() -> None:
    payout = sent()
    settle_payout(payout.pk, truth(payout, "completed"))
    assert settle_payout(payout.pk, truth(payout, "failed", why="dikembalikan bank")) == "bounced"
    assert money(payout.seller) == (200_000, 0)
    kinds = list(Entry.objects.filter(payout=payout).order_by("pk").values_list("kind", "reverses__kind"))
    assert kinds[-2:] == [("payout_bounced", "payout_completed"), ("payout_returned", "payout_requested")]
    assert books.check() == []
    assert payees.payout(payout.seller).state == "requested"  # and may be asked for again


@pytest.mark.parametrize("fields", [{"amount": 1}, {"account": "999999999"}, {"notes": "BKL-PO-0"}])
def test_a_truth_about_another_moves_nothing(fields: dict[str, Any]) -> None:
    payout = sent()
    assert settle_payout(payout.pk, truth(payout, "completed", **fields)) == "sent"
    payout.refresh_from_db()
    assert payout.error.endswith("is not ours")
    assert money(payout.seller) == (0, 200_000)


def test_unknown_is_looked_for_and_a_day_later_people_decide() -> None:
    payout = payees.approved(payees.payout())
    payout_going(payout.pk)
    assert payout_unknown(payout.pk, "ReadTimeout").state == "unknown"
    assert payout_refused(payout.pk, "late no").state == "unknown"
    officer = world.finance()
    with pytest.raises(Refused) as early:
        fail_payout(payout.pk, officer.pk, "x")
    with pytest.raises(Refused) as too_early:
        complete_payout(payout.pk, officer.pk, "REF1", PROOF)
    assert (early.value.code, too_early.value.code) == ("payout_moved", "payout_moved")
    with clock.moved(timedelta(hours=25)):
        take_payout(payout.pk, officer.pk)
        assert fail_payout(payout.pk, officer.pk, "bank menyatakan tidak ada").state == "failed"
    assert money(payout.seller) == (200_000, 0)
    assert books.check() == []


def test_unknown_may_be_found() -> None:
    payout = payees.approved(payees.payout())
    payout_going(payout.pk)
    payout_unknown(payout.pk, "ReadTimeout")
    assert payout_known(payout.pk, "ref9").state == "sent"
    assert payout_unknown(payout.pk, "HTTP 500").state == "sent"  # its number is known: only the answer is late
    assert settle_payout(payout.pk, truth(payout, "completed", reference_no="ref9")) == "completed"
    assert books.check() == []


def test_by_bank_file_finance_says_how_it_ended() -> None:
    officer = world.finance()
    payout = by_hand(officer.pk)
    assert (payout.state, payout.channel, payout.batch[:3]) == ("sent", "bank_file", "PO-")
    with pytest.raises(Refused) as nothing:
        batch_payouts(officer.pk)
    assert nothing.value.code == "nothing"
    with pytest.raises(InvalidInput) as wrong:
        complete_payout(payout.pk, officer.pk, "1", PROOF)
    assert wrong.value.field == "referensi"
    done = complete_payout(payout.pk, officer.pk, "FT-2026-0001", PROOF)
    assert (done.state, done.reference, done.proof) == ("completed", "FT-2026-0001", PROOF.name)
    assert bounce_payout(payout.pk, officer.pk, "rekening tutup").state == "bounced"
    assert bounce_payout(payout.pk, officer.pk, "rekening tutup").state == "bounced"
    assert money(payout.seller) == (200_000, 0)
    assert books.check() == []


def test_by_bank_file_it_may_fail() -> None:
    officer = world.finance()
    payout = by_hand(officer.pk)
    leave_payout(payout.pk, world.finance().pk)
    assert leave_payout(payout.pk, officer.pk).taken_by is None
    with pytest.raises(Refused) as loose:
        fail_payout(payout.pk, officer.pk, "bank menolak")
    assert loose.value.code == "not_taken"
    take_payout(payout.pk, officer.pk)
    assert fail_payout(payout.pk, officer.pk, "bank menolak").state == "failed"
    assert fail_payout(payout.pk, officer.pk, "bank menolak").state == "failed"
    with pytest.raises(Refused):
        bounce_payout(payout.pk, officer.pk, "bank menolak")
    assert books.check() == []


@pytest.mark.parametrize(
    "fields",
    [{"amount": 0}, {"state": "sent"}, {"state": "failed"}],
)
def test_the_database_says_it_again(fields: dict[str, Any]) -> None:
    payout = payees.payout()
    with pytest.raises(IntegrityError), transaction.atomic():
        Payout.objects.filter(pk=payout.pk).update(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(kind="payout_pending").update(balance=1)
