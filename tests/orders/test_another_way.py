"""Another way to pay while one is open: between methods, pressed twice, the old one paid meanwhile, the provider away."""

from __future__ import annotations

import itertools

import pytest
from django.test import Client

from bebeli.kit.errors import Refused
from bebeli.orders import books
from bebeli.orders.actions.confirm_transfer import confirm_transfer
from bebeli.orders.actions.refuse_transfer import refuse_transfer
from bebeli.orders.actions.renew_attempt import MOST_ATTEMPTS, renew_attempt
from bebeli.orders.flows import charge
from bebeli.orders.flows.settle import ask
from bebeli.orders.flows.transfer import send_proof
from bebeli.orders.gateway.types import GatewayDown, GatewayRefused
from bebeli.orders.models import Payment, PaymentAttempt, Purchase, Refund
from tests import world
from tests.conftest import Provider

pytestmark = pytest.mark.django_db

METHODS = ("qris", "bca_va", "mandiri_bill", "permata_va", "gopay", "shopeepay", "manual_transfer")


def bought(method: str) -> Purchase:
    world.receiving()
    return world.charged(world.user(), (world.variant(stock=9), 1), method=method)


def states(purchase: Purchase) -> list[tuple[str, str]]:
    return list(PaymentAttempt.objects.filter(payment__purchase=purchase).order_by("pk").values_list("method", "status"))


@pytest.mark.parametrize(("old", "new"), list(itertools.permutations(("qris", "gopay", "bca_va", "manual_transfer"), 2)))
def test_the_old_one_is_closed_and_the_new_one_open(provider: Provider, old: str, new: str) -> None:
    purchase = bought(old)
    first = world.attempt_of(purchase)
    charge.pay_another_way(purchase.pk, new)
    assert states(purchase) == [(old, "dead"), (new, "pending")]
    payment = Payment.objects.get()
    assert (payment.method, payment.status) == (new, "pending")
    assert payment.pay_before <= purchase.payment.pay_before
    if old != "manual_transfer":
        assert provider.bank.find(first.code)["status"] == "expire"
    assert (f"{purchase.code}-p2" in provider.bank.transactions) == (new != "manual_transfer")
    assert books.check() == []


@pytest.mark.parametrize("method", METHODS)
def test_the_method_that_is_open_stays_open(provider: Provider, method: str) -> None:
    purchase = bought(method)
    before = world.attempt_of(purchase)
    assert charge.pay_another_way(purchase.pk, method).pk == before.pk
    assert renew_attempt(purchase.pk, method).pk == before.pk
    assert states(purchase) == [(method, "pending")]
    assert [tx["status"] for tx in provider.bank.transactions.values()] == ["pending"] * (method != "manual_transfer")


def test_a_method_that_was_closed_opens_anew(provider: Provider) -> None:
    purchase = bought("qris")
    provider.bank.end(world.attempt_of(purchase).code, "deny")
    assert ask(world.attempt_of(purchase)) == "dead"
    charge.pay_another_way(purchase.pk, "qris")
    assert states(purchase) == [("qris", "dead"), ("qris", "pending")]


@pytest.mark.parametrize("new", ["bca_va", "manual_transfer"])
def test_money_through_the_old_one_counts_and_nothing_new_opens(provider: Provider, new: str) -> None:
    purchase = bought("gopay")
    provider.bank.pay(world.attempt_of(purchase).code)
    with pytest.raises(Refused) as refusal:
        charge.pay_another_way(purchase.pk, new)
    assert refusal.value.code == "already_paid"
    assert states(purchase) == [("gopay", "settled")]
    assert Purchase.objects.get().status == "paid"
    assert books.check() == []


def test_with_the_provider_away_the_second_success_goes_back(provider: Provider) -> None:
    purchase = bought("gopay")
    first = world.attempt_of(purchase)
    provider.bank.set_faults(first.code, {"status_answer": "500"})
    charge.pay_another_way(purchase.pk, "manual_transfer")
    assert states(purchase) == [("gopay", "pending"), ("manual_transfer", "pending")]
    proof = send_proof(purchase.pk, world.picture(), "")
    confirm_transfer(proof.pk, world.finance().pk, purchase.total)
    provider.bank.set_faults(first.code, {"status_answer": None})
    provider.bank.pay(first.code)
    assert ask(first) == "unallocated"
    refund = Refund.objects.get()
    assert (refund.attempt_id, refund.amount, refund.channel) == (first.pk, purchase.total, "provider")
    assert Purchase.objects.get().status == "paid"
    assert books.check() == []


def test_a_transfer_after_the_wallet_paid_goes_back_by_bank(provider: Provider) -> None:
    purchase = bought("gopay")
    first = world.attempt_of(purchase)
    provider.bank.set_faults(first.code, {"status_answer": "500"})
    charge.pay_another_way(purchase.pk, "manual_transfer")
    proof = send_proof(purchase.pk, world.picture(), "")
    provider.bank.set_faults(first.code, {"status_answer": None})
    provider.bank.pay(first.code)
    assert ask(first) == "settled"
    assert confirm_transfer(proof.pk, world.finance().pk, purchase.total).state == "accepted"
    assert (Refund.objects.get().channel, Refund.objects.get().amount) == ("bank", purchase.total)
    assert books.check() == []


def test_while_a_proof_waits_the_way_stays_and_after_a_refusal_it_may_change(provider: Provider) -> None:
    purchase = bought("manual_transfer")
    proof = send_proof(purchase.pk, world.picture(), "")
    with pytest.raises(Refused) as refusal:
        charge.pay_another_way(purchase.pk, "qris")
    assert refusal.value.code == "proof_waiting"
    assert provider.bank.transactions == {}
    refuse_transfer(proof.pk, world.finance().pk, "Tidak ada uangnya")
    charge.pay_another_way(purchase.pk, "qris")
    assert states(purchase) == [("manual_transfer", "dead"), ("qris", "pending")]


def test_one_change_too_many_leaves_the_last_one_usable(provider: Provider) -> None:
    purchase = bought("qris")
    for number in range(MOST_ATTEMPTS - 1):
        charge.pay_another_way(purchase.pk, ("bca_va", "qris")[number % 2])
    last = world.attempt_of(purchase)
    with pytest.raises(Refused) as refusal:
        charge.pay_another_way(purchase.pk, "bca_va")
    assert refusal.value.code == "too_many_attempts"
    assert provider.bank.find(last.code)["status"] == "pending"
    assert world.attempt_of(purchase).pk == last.pk


def test_a_lost_second_press_of_the_button_says_the_same(provider: Provider) -> None:
    purchase = bought("qris")
    client = Client()
    client.force_login(purchase.buyer)  # type: ignore[arg-type]
    for _press in range(2):
        answer = client.post(f"/pembelian/{purchase.code}/bayar/", {"bayar": "gopay"})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/pembelian/{purchase.code}/")
    assert states(purchase) == [("qris", "dead"), ("gopay", "pending")]
    assert sorted(tx["status"] for tx in provider.bank.transactions.values()) == ["expire", "pending"]


def test_what_the_provider_neither_ends_nor_tells_is_left_open(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    attempt = world.attempt_of(bought("bca_va"))
    answers = iter([GatewayRefused("412", "settled just now"), GatewayDown("timeout")])

    def ask(_attempt: PaymentAttempt) -> str:
        raise next(answers)

    monkeypatch.setattr(charge, "ask", ask)
    assert charge.close_at_provider(attempt) == "unknown"
