"""Manual transfer: the proof, finance's answers, and the money's way through the books."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.notices.flows import send
from bebeli.notices.models import InboxMessage, Notice
from bebeli.orders import books
from bebeli.orders.actions.cancel_order import cancel_order
from bebeli.orders.actions.close_purchase import cancel_purchase
from bebeli.orders.actions.confirm_transfer import confirm_transfer
from bebeli.orders.actions.refuse_transfer import refuse_transfer
from bebeli.orders.actions.return_transfer import return_transfer
from bebeli.orders.actions.take_transfer import leave_transfer, take_transfer
from bebeli.orders.flows import charge, reconcile
from bebeli.orders.flows.transfer import send_proof
from bebeli.orders.models import Entry, Order, PaymentAttempt, Posting, Purchase, Refund, TransferProof
from tests import world

pytestmark = pytest.mark.django_db

DAY = timedelta(hours=24, minutes=6)


@pytest.fixture
def proof() -> TransferProof:
    return world.transferred(world.user(), (world.variant(stock=5), 2))


def purchase_of(proof: TransferProof) -> Purchase:
    return Purchase.objects.select_related("payment").get(payment__attempts=proof.attempt_id)


def postings() -> dict[str, int]:
    totals: dict[str, int] = {}
    for kind, amount in Posting.objects.values_list("account__kind", "amount"):
        totals[kind] = totals.get(kind, 0) + amount
    return {kind: total for kind, total in totals.items() if total}


def test_a_transfer_asks_no_provider(settings: object) -> None:
    """No provider runs in this test: a call to one would leave the attempt in `created`."""
    world.receiving()
    purchase = world.charged(world.user(), (world.variant(), 1), method="manual_transfer")
    attempt = world.attempt_of(purchase)
    assert (attempt.status, purchase.payment.status, attempt.error) == ("pending", "pending", "")
    assert attempt.receiving is not None
    with clock.moved(timedelta(hours=7)):
        assert (charge.sweep(), reconcile.reconcile()) == (0, 0)
    assert timedelta(hours=23) < purchase.payment.pay_before - clock.now() <= timedelta(hours=24)


def test_the_first_notice_says_where_to_transfer() -> None:
    account = world.receiving()
    purchase = world.placed(world.user(), (world.variant(), 1), method="manual_transfer")
    send.send_due(purchase.code)
    assert Notice.objects.filter(ref=purchase.code, state="sent").count() == 2
    assert account.number not in InboxMessage.objects.get().body  # the facts stand in the mail


def test_confirming_pays_out_of_the_bank(proof: TransferProof) -> None:
    officer = world.finance()
    purchase = purchase_of(proof)
    done = confirm_transfer(proof.pk, officer.pk, purchase.total)
    assert (done.state, done.decided_by_id, done.amount_seen) == ("accepted", officer.pk, purchase.total)
    purchase.refresh_from_db()
    assert (purchase.status, Order.objects.get().status, world.attempt_of(purchase).status) == ("paid", "paid", "settled")
    assert postings() == {"bank": purchase.total, "escrow": -purchase.total}
    assert Notice.objects.filter(kind="orders.paid", ref=purchase.code).count() == 2
    assert confirm_transfer(proof.pk, officer.pk, purchase.total).state == "accepted"
    assert Entry.objects.count() == 1
    assert books.check() == []


def test_its_refund_goes_by_bank(proof: TransferProof) -> None:
    confirm_transfer(proof.pk, world.finance().pk, proof.attempt.gross)
    cancel_order(Order.objects.get().pk, purchase_of(proof).buyer_id, "")
    assert Refund.objects.get().channel == "bank"
    assert books.check() == []


@pytest.mark.parametrize("amount", [0, -1, 10**15])
def test_an_amount_that_is_none_is_refused(proof: TransferProof, amount: int) -> None:
    with pytest.raises(InvalidInput) as refusal:
        confirm_transfer(proof.pk, world.finance().pk, amount)
    assert refusal.value.field == "jumlah"
    assert not Entry.objects.exists()


def test_another_amount_is_suspect_and_may_be_made_up(proof: TransferProof) -> None:
    officer, purchase = world.finance(), purchase_of(proof)
    assert confirm_transfer(proof.pk, officer.pk, purchase.total - 1).state == "mismatch"
    purchase.payment.refresh_from_db()
    assert (purchase.payment.status, Order.objects.get().status) == ("suspect", "awaiting_payment")
    assert not Entry.objects.exists()
    with clock.moved(DAY):
        assert reconcile.expire_due() == 0
    with pytest.raises(Refused) as refusal:
        refuse_transfer(proof.pk, officer.pk, "tidak ada")
    assert refusal.value.code == "money_seen"
    assert confirm_transfer(proof.pk, officer.pk, purchase.total).state == "accepted"
    purchase.refresh_from_db()
    assert purchase.status == "paid"
    assert books.check() == []


def test_another_amount_may_go_back(proof: TransferProof) -> None:
    officer, purchase = world.finance(), purchase_of(proof)
    confirm_transfer(proof.pk, officer.pk, 7_000)
    assert return_transfer(proof.pk, officer.pk).state == "returned"
    purchase.refresh_from_db()
    assert (purchase.status, Order.objects.get().status) == ("cancelled", "cancelled")
    refund = Refund.objects.get()
    assert (refund.amount, refund.channel, refund.order_id) == (7_000, "bank", None)
    assert postings() == {"bank": 7_000, "refund_payable": -7_000}
    assert {attempt.status for attempt in PaymentAttempt.objects.all()} == {"dead", "settled"}
    assert return_transfer(proof.pk, officer.pk).state == "returned"
    assert Refund.objects.count() == 1
    assert books.check() == []


def test_only_another_amount_goes_back_from_here(proof: TransferProof) -> None:
    with pytest.raises(Refused) as refusal:
        return_transfer(proof.pk, world.finance().pk)
    assert refusal.value.code == "proof_decided"
    assert not Refund.objects.exists()


def test_a_refusal_gives_a_day_more_and_then_an_hour(proof: TransferProof) -> None:
    officer, purchase = world.finance(), purchase_of(proof)
    with clock.moved(timedelta(hours=23)):
        assert refuse_transfer(proof.pk, officer.pk, " Bukti  buram ").reason == "Bukti buram"
        assert refuse_transfer(proof.pk, officer.pk, "Bukti buram").state == "refused"
        purchase.payment.refresh_from_db()
        assert abs(purchase.payment.pay_before - clock.now() - timedelta(hours=24)) < timedelta(minutes=1)
        second = send_proof(purchase.pk, world.picture("red"), "")
    with clock.moved(timedelta(hours=60)):
        assert reconcile.expire_due() == 0
        refuse_transfer(second.pk, officer.pk, "Uangnya tidak ada")
        purchase.payment.refresh_from_db()
        assert abs(purchase.payment.pay_before - clock.now() - timedelta(hours=1)) < timedelta(minutes=1)
        assert reconcile.expire_due() == 0
        assert {violation.code for violation in books.check()} <= {"I26"}
    with clock.moved(timedelta(hours=62)):
        assert reconcile.expire_due() == 1
    purchase.refresh_from_db()
    assert (purchase.status, world.attempt_of(purchase).status) == ("expired", "dead")
    assert set(Notice.objects.filter(kind="orders.proof_refused").values_list("ref", flat=True)) == {
        f"{purchase.code}-b{proof.pk}",
        f"{purchase.code}-b{second.pk}",
    }


def test_a_refusal_needs_a_reason(proof: TransferProof) -> None:
    with pytest.raises(InvalidInput) as refusal:
        refuse_transfer(proof.pk, world.finance().pk, "  ")
    assert refusal.value.field == "alasan"
    proof.refresh_from_db()
    assert proof.state == "waiting"


def test_without_a_proof_time_runs_out_and_with_one_it_stands_still() -> None:
    goods = world.variant(stock=5)
    with_one = purchase_of(world.transferred(world.user(), (goods, 2)))
    without = world.charged(world.user(), (goods, 1), method="manual_transfer")
    with clock.moved(DAY):
        assert reconcile.expire_due() == 1
    without.refresh_from_db()
    with_one.refresh_from_db()
    goods.refresh_from_db()
    assert (without.status, with_one.status, goods.reserved) == ("expired", "awaiting_payment", 2)
    assert world.attempt_of(without).status == "dead"


def test_money_for_a_cancelled_purchase_goes_back(proof: TransferProof) -> None:
    purchase = purchase_of(proof)
    cancel_purchase(purchase.pk, purchase.buyer_id)
    assert world.attempt_of(purchase).status == "pending"  # the proof is still answered
    assert books.check() == []
    assert confirm_transfer(proof.pk, world.finance().pk, purchase.total).state == "accepted"
    assert (Refund.objects.get().amount, Refund.objects.get().channel) == (purchase.total, "bank")
    assert postings() == {"bank": purchase.total, "refund_payable": -purchase.total}
    assert books.check() == []


def test_a_proof_that_comes_late_is_answered_and_its_money_goes_back(client: Client) -> None:
    goods = world.variant(stock=1)
    buyer = world.user()
    world.receiving()
    late = world.charged(buyer, (goods, 1), method="manual_transfer")
    with clock.moved(DAY):
        assert reconcile.expire_due() == 1
    world.paid(world.user(), (goods, 1))  # nothing is left of it
    client.force_login(buyer)
    page = reverse("orders:purchase", args=[late.code])
    assert 'name="bukti"' in client.get(page).content.decode()
    proof = send_proof(late.pk, world.picture("white"), "")
    assert books.check() == []
    assert "Bila uangnya kami temukan" in client.get(page).content.decode()
    refuse_transfer(proof.pk, world.finance().pk, "Tidak terbaca")
    assert world.attempt_of(late).status == "dead"
    assert "Tidak terbaca" in client.get(page).content.decode()
    confirm_transfer(send_proof(late.pk, world.picture("black"), "").pk, world.finance().pk, late.total)
    late.refresh_from_db()
    assert (late.status, Refund.objects.get().amount) == ("expired", late.total)
    assert books.check() == []
    with clock.moved(timedelta(days=31)), pytest.raises(Refused):
        send_proof(late.pk, world.picture("red"), "")


def test_refusing_for_a_cancelled_purchase_ends_it(proof: TransferProof) -> None:
    purchase = purchase_of(proof)
    cancel_purchase(purchase.pk, purchase.buyer_id)
    refuse_transfer(proof.pk, world.finance().pk, "Tidak ada uangnya")
    assert world.attempt_of(purchase).status == "dead"
    assert books.check() == []


def test_one_officer_at_a_time_and_never_ones_own(proof: TransferProof) -> None:
    first, second = world.finance(), world.finance()
    take_transfer(proof.pk, first.pk)
    for act in (take_transfer, lambda pk, who: confirm_transfer(pk, who, 1), lambda pk, who: refuse_transfer(pk, who, "x")):
        with pytest.raises(Refused) as refusal:
            act(proof.pk, second.pk)
        assert refusal.value.code == "taken"
    leave_transfer(proof.pk, second.pk)
    proof.refresh_from_db()
    assert proof.looked_by_id == first.pk
    with clock.moved(timedelta(minutes=16)):
        assert take_transfer(proof.pk, second.pk).looked_by_id == second.pk
    leave_transfer(proof.pk, second.pk)
    assert take_transfer(proof.pk, first.pk).looked_by_id == first.pk
    with pytest.raises(Refused) as refusal:
        confirm_transfer(proof.pk, purchase_of(proof).buyer_id or 0, proof.attempt.gross)
    assert refusal.value.code == "own_purchase"
    assert not Entry.objects.exists()
