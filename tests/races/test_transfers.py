"""A proof against the deadline, two officers at once, confirming against cancelling, one button many times; unguarded too."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.orders import books
from bebeli.orders.actions import close_purchase
from bebeli.orders.actions import confirm_transfer as confirming
from bebeli.orders.actions import renew_attempt as renewing
from bebeli.orders.actions.cancel_order import cancel_order
from bebeli.orders.actions.close_purchase import cancel_purchase, expire_purchase
from bebeli.orders.actions.confirm_transfer import confirm_transfer
from bebeli.orders.actions.settle import apply_truth
from bebeli.orders.actions.upload_proof import upload_proof
from bebeli.orders.flows import charge
from bebeli.orders.models import Entry, Order, Payment, Purchase, Refund, TransferProof
from bebeli.orders.proofs import KeptProof
from tests import world
from tests.conftest import Provider
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

KEPT = KeptProof("bukti/uji.webp", 1, "0" * 64)


def unlocked(_self: object, model: type[Any], condition: object) -> list[Any]:
    return list(model.objects.filter(condition).order_by("pk"))


def due() -> Purchase:
    """An unpaid purchase by transfer whose time was up a second ago."""
    world.receiving()
    purchase = world.charged(world.user(), (world.variant(), 1), method="manual_transfer")
    Payment.objects.filter(purchase=purchase).update(provider_until=clock.now() - timedelta(seconds=1))
    return purchase


def test_a_proof_against_the_deadline_ends_in_one_truth() -> None:
    """Both sides believe that they are in time; whoever locks first decides, and a proof behind the end is a late one."""
    purchases = [due() for _number in range(6)]

    def act(job: tuple[Purchase, str]) -> None:
        purchase, side = job
        try:
            if side == "expire":
                expire_purchase(purchase.pk)
            else:
                with clock.moved(timedelta(minutes=-1)):  # this buyer's clock says that there is a minute left
                    upload_proof(purchase.pk, KeptProof(f"bukti/{purchase.code}.webp", 1, "0" * 64), "")
        except Refused:
            return

    all_at_once(act, [(purchase, side) for purchase in purchases for side in ("upload", "expire")], 12)
    for purchase in Purchase.objects.all():
        has_proof = TransferProof.objects.open().filter(attempt__payment__purchase=purchase).exists()
        assert (purchase.status, has_proof) in {("awaiting_payment", True), ("expired", True)}
    assert books.check() == []


def test_without_looking_for_a_proof_the_deadline_ends_a_purchase_over_it(monkeypatch: pytest.MonkeyPatch) -> None:
    purchase = due()
    with clock.moved(timedelta(minutes=-1)):
        upload_proof(purchase.pk, KEPT, "")
    monkeypatch.setattr(close_purchase, "waiting_proof", lambda _scene: None)
    expire_purchase(purchase.pk)
    purchase.refresh_from_db()
    assert purchase.status == "expired"
    assert TransferProof.objects.open().exists()


def test_two_officers_confirm_once() -> None:
    proof = world.transferred(world.user(), (world.variant(), 1))
    officers = [world.finance() for _number in range(8)]

    def act(officer: Any) -> str:
        try:
            return confirm_transfer(proof.pk, officer.pk, proof.attempt.gross).state
        except Refused as refusal:
            return refusal.code

    all_at_once(act, officers, 8)
    assert Entry.objects.filter(kind="settled").count() == 1
    assert books.check() == []


def test_without_the_lock_the_books_refuse_the_second_officer(monkeypatch: pytest.MonkeyPatch) -> None:
    proof = world.transferred(world.user(), (world.variant(), 1))
    officers = [world.finance() for _number in range(8)]
    monkeypatch.setattr(Locks, "where", unlocked)

    def act(officer: Any) -> str:
        try:
            return confirm_transfer(proof.pk, officer.pk, proof.attempt.gross).state
        except (Refused, IntegrityError) as error:
            return type(error).__name__

    assert "IntegrityError" in all_at_once(act, officers, 8)
    assert Entry.objects.filter(kind="settled").count() == 1


def test_confirming_against_cancelling_ends_in_one_truth() -> None:
    proofs = [world.transferred(world.user(), (world.variant(), 1)) for _number in range(6)]
    officer = world.finance()

    def act(job: tuple[TransferProof, str]) -> None:
        proof, side = job
        purchase = proof.attempt.payment.purchase
        try:
            if side == "confirm":
                confirm_transfer(proof.pk, officer.pk, proof.attempt.gross)
            else:
                cancel_purchase(purchase.pk, purchase.buyer_id)
        except Refused:
            return

    all_at_once(act, [(proof, side) for proof in proofs for side in ("confirm", "cancel")], 12)
    assert set(TransferProof.objects.values_list("state", flat=True)) == {"accepted"}
    for purchase in Purchase.objects.all():
        order = Order.objects.get(purchase=purchase)
        is_returned = Refund.objects.filter(attempt__payment__purchase=purchase).exists()
        assert (purchase.status, order.status, is_returned) in {("paid", "paid", False), ("cancelled", "cancelled", True)}
    assert books.check() == []


def test_without_the_lock_a_cancelled_purchase_is_paid_or_the_books_break(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rival cancels between our reading and our writing: exactly what the lock forbids."""
    proof = world.transferred(world.user(), (world.variant(), 1))
    purchase = proof.attempt.payment.purchase
    monkeypatch.setattr(Locks, "where", unlocked)
    real = apply_truth

    def rival_acts(*given: Any) -> str:
        all_at_once(lambda pk: cancel_purchase(pk, purchase.buyer_id), [purchase.pk], 1)
        return str(real(*given))

    monkeypatch.setattr(confirming, "apply_truth", rival_acts)
    confirm_transfer(proof.pk, world.finance().pk, proof.attempt.gross)
    assert {violation.code for violation in books.check()} & {"I06", "I14", "I15", "I18", "I19"}


def test_a_paid_transfer_cancelled_by_both_sides_is_refunded_once() -> None:
    proof = world.transferred(world.user(), (world.variant(), 1))
    confirm_transfer(proof.pk, world.finance().pk, proof.attempt.gross)
    buyer = proof.attempt.payment.purchase.buyer_id
    all_at_once(lambda _number: cancel_order(Order.objects.get().pk, buyer, ""), range(6), 6)
    assert Refund.objects.get().channel == "bank"
    assert books.check() == []


def test_pressed_many_times_another_way_opens_once(provider: Provider) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1), method="qris")

    def act(_number: int) -> str:
        try:
            return charge.pay_another_way(purchase.pk, "gopay").code
        except Refused as refusal:
            return refusal.code

    all_at_once(act, range(6), 6)
    assert sorted(provider.bank.transactions) == [f"{purchase.code}-p1", f"{purchase.code}-p2"]
    assert provider.bank.find(f"{purchase.code}-p1")["status"] == "expire"


def test_without_looking_under_the_lock_two_presses_open_two(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    purchase = world.charged(world.user(), (world.variant(), 1), method="qris")
    monkeypatch.setattr(renewing, "is_open_by", lambda _attempt, _method: False)
    monkeypatch.setattr(charge, "is_open_by", lambda _attempt, _method: False)
    for _press in range(2):
        charge.pay_another_way(purchase.pk, "gopay")
    assert f"{purchase.code}-p3" in provider.bank.transactions
