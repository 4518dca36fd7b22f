"""Suspect payments: each end of a case, through the real provider's stand-in, with the books silent and the money true."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from bebeli.accounts.models import User
from bebeli.catalog.models import Variant
from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.notices.models import Notice
from bebeli.orders import books
from bebeli.orders.actions.close_suspicion import close_suspicion
from bebeli.orders.actions.hear_suspicion import hear_suspicion
from bebeli.orders.actions.refund import name_refund_account, refund_paid_by_hand
from bebeli.orders.actions.return_suspicion import return_suspicion
from bebeli.orders.actions.take_suspicion import leave_suspicion, take_suspicion
from bebeli.orders.flows import reconcile, suspicion
from bebeli.orders.flows.settle import ask
from bebeli.orders.models import Payment, PaymentAttempt, Posting, Purchase, Refund, Suspicion
from tests import world
from tests.conftest import Provider
from tests.orders.test_payout_pages import desk_of

pytestmark = pytest.mark.django_db
WHY = "sudah dicek di dasbor penyedia"


def doubted(provider: Provider, amount: int = 7_000, status: str = "settlement", goods: Variant | None = None) -> Suspicion:
    """A purchase of which the provider says another amount."""
    purchase = world.charged(world.user(), (goods or world.variant(stock=5), 2), method="qris")
    attempt = world.attempt_of(purchase)
    provider.bank.transactions[attempt.code].update(gross_amount=amount, status=status)
    assert ask(attempt) == "suspect"
    return Suspicion.objects.select_related("attempt__payment__purchase").get(attempt=attempt)


def purchase_of(case: Suspicion) -> Purchase:
    return Purchase.objects.select_related("payment").get(payment__attempts=case.attempt_id)


def balances() -> dict[str, int]:
    totals: dict[str, int] = {}
    for kind, amount in Posting.objects.values_list("account__kind", "amount"):
        totals[kind] = totals.get(kind, 0) + amount
    return {kind: total for kind, total in totals.items() if total}


def test_the_case_tells_what_was_asked_and_what_was_said(provider: Provider) -> None:
    case = doubted(provider)
    total = purchase_of(case).total
    assert (case.expected, case.amount, case.currency, case.is_ours, case.is_success) == (total, 7_000, "IDR", True, True)
    assert (case.provider_status, case.state) == ("settlement", "open")
    assert ask(case.attempt) == "nothing"
    assert Suspicion.objects.count() == 1
    buyer = Client()
    buyer.force_login(purchase_of(case).buyer)  # type: ignore[arg-type]  # somebody bought it
    shown = buyer.get(f"/pembelian/{purchase_of(case).code}/").content.decode()
    assert ("Jangan bayar lagi dulu" in shown, "Simpan gambar QR" in shown) == (True, False)
    assert "Bayar sekarang" not in buyer.get("/pesanan/").content.decode()
    assert books.check() == []
    with clock.moved(timedelta(hours=30)):  # its stock is held until finance decides, whatever the clock says
        assert reconcile.expire_due() == 0
        assert {found.code for found in books.check()} <= {"I26"}


def test_what_came_goes_back_and_the_purchase_ends(provider: Provider) -> None:
    goods, officer = world.variant(stock=5), world.finance()
    case = doubted(provider, goods=goods)
    assert suspicion.give_back(case.pk, officer.pk, f"  {WHY} ").state == "returned"
    case.refresh_from_db()
    assert (case.decided_by_id, case.reason, case.came_id) == (officer.pk, WHY, case.attempt_id)
    purchase, refund = purchase_of(case), Refund.objects.get()
    assert (purchase.status, purchase.payment.status, refund.amount, refund.order_id) == ("cancelled", "cancelled", 7_000, None)
    assert balances() == {"gateway": 7_000, "refund_payable": -7_000}
    goods.refresh_from_db()
    assert (goods.on_hand, goods.reserved) == (5, 0)
    assert Notice.objects.filter(kind="orders.late_money").exists()
    assert refund.reason == "Jumlah yang masuk berbeda dari tagihannya"
    assert suspicion.give_back(case.pk, officer.pk, WHY).state == "returned"
    assert (Refund.objects.count(), books.check()) == (1, [])
    assert ask(PaymentAttempt.objects.get()) == "nothing"  # what the provider says is what stands in the books now


def test_money_that_went_back_may_still_be_reversed(provider: Provider) -> None:
    case = doubted(provider)
    suspicion.give_back(case.pk, world.finance().pk, WHY)
    attempt = PaymentAttempt.objects.get()
    assert world.settle_now(attempt, "deny") == "reversed"
    assert (Refund.objects.get().state, balances(), books.check()) == ("failed", {}, [])


def test_when_the_provider_says_what_was_asked_it_is_paid(provider: Provider) -> None:
    case = doubted(provider)
    provider.bank.transactions[case.attempt.code]["gross_amount"] = case.expected
    officer = world.finance()
    assert suspicion.give_back(case.pk, officer.pk, WHY).state == "cleared"
    purchase = purchase_of(case)
    assert (purchase.status, purchase.payment.status, Refund.objects.exists()) == ("paid", "settled", False)
    assert books.check() == []


def test_it_is_cleared_by_itself_too(provider: Provider) -> None:
    case = doubted(provider)
    provider.bank.transactions[case.attempt.code]["gross_amount"] = case.expected
    assert ask(case.attempt) == "settled"
    case.refresh_from_db()
    assert (case.state, case.decided_by_id) == ("cleared", None)
    with pytest.raises(Refused) as refusal:
        take_suspicion(case.pk, world.finance().pk)
    assert refusal.value.code == "case_decided"
    assert books.check() == []


def test_still_pending_after_all_it_waits_again(provider: Provider) -> None:
    case = doubted(provider, status="pending")
    provider.bank.transactions[case.attempt.code]["gross_amount"] = case.expected
    truth = world.truth(case.attempt, "pending", status_code="201")
    assert hear_suspicion(case.pk, world.finance().pk, truth, settings.MIDTRANS_MERCHANT_ID).state == "cleared"
    assert (purchase_of(case).payment.status, purchase_of(case).status) == ("pending", "awaiting_payment")
    assert books.check() == []


def test_dead_at_the_provider_it_is_closed_and_ends_when_its_time_is_up(provider: Provider) -> None:
    goods, officer = world.variant(stock=5), world.finance()
    case = doubted(provider, status="expire", goods=goods)
    with clock.moved(timedelta(hours=30)):
        Notice.objects.update(state="sent")
        assert suspicion.close(case.pk, officer.pk, WHY).state == "closed"
        assert suspicion.close(case.pk, officer.pk, WHY).state == "closed"
        assert (purchase_of(case).status, world.attempt_of(purchase_of(case)).status) == ("expired", "dead")
        assert books.check() == []
        assert ask(case.attempt) == "nothing"
    goods.refresh_from_db()
    assert (goods.reserved, balances()) == (0, {})


def test_closed_in_time_it_may_be_paid_another_way(provider: Provider) -> None:
    case = doubted(provider, status="expire")
    suspicion.close(case.pk, world.finance().pk, WHY)
    assert (purchase_of(case).status, purchase_of(case).payment.status) == ("awaiting_payment", "pending")
    assert books.check() == []


def test_money_at_another_merchant_is_not_ours_to_return(provider: Provider) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1), method="qris")
    attempt, officer = world.attempt_of(purchase), world.finance()
    provider.bank.pay(attempt.code)
    provider.bank.merchant_id = "G000"
    assert ask(attempt) == "suspect"
    case = Suspicion.objects.get()
    with pytest.raises(Refused) as refusal:
        suspicion.give_back(case.pk, officer.pk, WHY)
    assert refusal.value.code == "nothing_came"
    assert suspicion.close(case.pk, officer.pk, WHY).state == "closed"
    assert (balances(), books.check(), ask(attempt)) == ({}, [], "nothing")
    assert Suspicion.objects.count() == 1


def test_another_currency_is_neither_returned_nor_closed() -> None:
    attempt = world.attempt_of(world.placed(world.user(), (world.variant(), 1)))
    assert world.settle_now(attempt, currency="USD") == "suspect"
    case, officer = Suspicion.objects.get(), world.finance()
    for act, code in ((return_suspicion, "nothing_came"), (close_suspicion, "not_dead")):
        with pytest.raises(Refused) as refusal:
            act(case.pk, officer.pk, WHY)
        assert refusal.value.code == code
    assert (balances(), Payment.objects.get().status, books.check()) == ({}, "suspect", [])


def test_money_that_came_again_after_a_reversal_goes_back_under_its_own_attempt() -> None:
    purchase = world.paid(world.user(), (world.variant(), 1))
    attempt = world.attempt_of(purchase)
    world.reversed_by_provider(attempt)
    assert world.settle_now(attempt) == "suspect"
    case = Suspicion.objects.get()
    return_suspicion(case.pk, world.finance().pk, WHY)
    first, second = PaymentAttempt.objects.order_by("pk")
    assert (first.status, second.status, second.is_unallocated, second.gross) == ("reversed", "settled", True, purchase.total)
    assert (first.transaction_id, second.transaction_id) == ("", f"trx-{first.code}")
    refund = Refund.objects.get()
    name_refund_account(refund.pk, "014", "1234567890", "Uji")
    refund_paid_by_hand(refund.pk, world.finance().pk, "REF-1", world.PROOF)
    assert (refund.attempt_id, books.check()) == (second.pk, [])


def test_one_officer_at_a_time_never_ones_own_and_never_without_a_reason(provider: Provider) -> None:
    case = doubted(provider)
    first, second = world.finance(), world.finance()
    take_suspicion(case.pk, first.pk)
    for act in (take_suspicion, lambda pk, who: return_suspicion(pk, who, WHY), lambda pk, who: close_suspicion(pk, who, WHY)):
        with pytest.raises(Refused) as refusal:
            act(case.pk, second.pk)
        assert refusal.value.code == "taken"
    leave_suspicion(case.pk, second.pk)
    case.refresh_from_db()
    assert case.looked_by_id == first.pk
    leave_suspicion(case.pk, first.pk)
    assert take_suspicion(case.pk, second.pk).looked_by_id == second.pk
    with pytest.raises(Refused) as refusal:
        take_suspicion(case.pk, purchase_of(case).buyer_id or 0)
    assert refusal.value.code == "own_purchase"
    for verb in (return_suspicion, close_suspicion):
        with pytest.raises(InvalidInput) as missing:
            verb(case.pk, second.pk, "  ")
        assert missing.value.field == "alasan"
    assert balances() == {}


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_desk_shows_the_oldest_first_and_leads_to_its_end(provider: Provider) -> None:
    first, second = doubted(provider), doubted(provider, status="expire")
    client = desk_of(world.finance().pk, "mfa")
    shown = client.get("/keuangan/").content.decode()
    assert shown.index(first.attempt.code) < shown.index(second.attempt.code)
    where = f"/keuangan/diperiksa/{first.pk}/"
    assert client.post(f"{where}ambil/").headers["Location"] == where
    shown = client.get(where).content.decode()
    for words in ("Rp7.000", "settlement", "Kembalikan yang masuk", "Tanya penyedia lagi"):
        assert words in shown
    assert "Tutup kasus" not in shown
    assert 'id="alasan_error"' in client.post(f"{where}kembalikan/", {"alasan": " "}).content.decode()
    assert client.post(f"{where}kembalikan/", {"alasan": WHY}).status_code == 302
    assert WHY in client.get(where).content.decode()
    assert "Tutup kasus" not in browser(world.auditor()).get(f"/keuangan/diperiksa/{second.pk}/").content.decode()
    other = f"/keuangan/diperiksa/{second.pk}/"
    client.post(f"{other}ambil/")
    assert "Tutup kasus" in client.get(other).content.decode()
    client.post(f"{other}lepas/")
    provider.bank.set_faults(second.attempt.code, {"status_answer": "500"})
    answer = client.post(f"{other}tanya/", follow=True)
    assert "tidak menjawab" in answer.content.decode()


CORRUPTIONS = {
    "I55": (
        "DELETE FROM orders_suspicion WHERE state = 'open'",
        "UPDATE orders_suspicion SET state = 'cleared' WHERE state = 'open'",
    ),
    "I56": ("UPDATE orders_suspicion SET found_at = found_at - interval '4 days' WHERE state = 'open'",),
    "I57": (
        "UPDATE orders_suspicion SET amount = amount + 1 WHERE state = 'returned'",
        "UPDATE orders_suspicion SET currency = 'USD' WHERE state = 'returned'",
        "UPDATE orders_suspicion SET is_ours = false WHERE state = 'returned'",
        "UPDATE orders_suspicion SET came_id = NULL WHERE state = 'returned'",
        "UPDATE orders_entry SET kind = 'other' WHERE kind = 'unallocated'",
    ),
}


@pytest.mark.parametrize(("code", "statement"), [(code, text) for code, texts in CORRUPTIONS.items() for text in texts])
def test_a_corruption_is_named(provider: Provider, code: str, statement: str) -> None:
    suspicion.give_back(doubted(provider).pk, world.finance().pk, WHY)
    doubted(provider)
    assert books.check() == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE orders_entry DISABLE TRIGGER USER")
        cursor.execute(statement)
        assert cursor.rowcount > 0
    assert code in {violation.code for violation in books.check()}
