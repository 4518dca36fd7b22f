"""Money that a bank had taken back: no order goes on before the provider says that it came again."""

from __future__ import annotations

import pytest

from bebeli.kit.errors import Refused
from bebeli.orders import books
from bebeli.orders.flows import documents
from bebeli.orders.flows.restore import restore
from bebeli.orders.flows.settle import ask
from bebeli.orders.models import Order
from tests import world
from tests.conftest import Provider
from tests.orders.test_payout_pages import desk_of

pytestmark = pytest.mark.django_db
WHY = "Bank mengembalikan"


def held(provider: Provider) -> Order:
    """An order whose payment was charged back, by the provider's own word."""
    purchase = world.charged(world.user(), (world.variant(), 1), method="qris")
    provider.settle(purchase)
    attempt = world.attempt_of(purchase)
    provider.bank.take_back(attempt.code, "chargeback")
    assert ask(attempt) == "reversed"
    return world.orders_of(purchase)[0]


def test_while_the_provider_says_charged_back_nobody_lets_it_go_on(provider: Provider) -> None:
    order = held(provider)
    with pytest.raises(Refused) as refusal:
        restore(order.pk, world.finance().pk, WHY)
    order.refresh_from_db()
    assert (refusal.value.code, order.status) == ("still_gone", "held")


def test_while_the_provider_is_silent_it_waits(provider: Provider) -> None:
    order = held(provider)
    provider.bank.set_faults(world.attempt_of(order.purchase).code, {"status_answer": "500"})
    with pytest.raises(Refused) as refusal:
        restore(order.pk, world.finance().pk, WHY)
    assert refusal.value.code == "provider_away"


def test_another_amount_is_not_the_money_that_went(provider: Provider) -> None:
    order = held(provider)
    attempt = world.attempt_of(order.purchase)
    provider.bank.give_again(attempt.code)
    provider.bank.transactions[attempt.code]["gross_amount"] = 1
    with pytest.raises(Refused) as refusal:
        restore(order.pk, world.finance().pk, WHY)
    assert refusal.value.code == "still_gone"


def test_what_came_again_lets_it_go_on_from_the_page_with_the_second_factor(provider: Provider) -> None:
    order, officer = held(provider), world.finance()
    provider.bank.give_again(world.attempt_of(order.purchase).code)
    where = f"/keuangan/pesanan/{order.code}/lepas/"
    assert desk_of(officer.pk, "password").post(where, {"alasan": WHY})["Location"].startswith("/akun/kode/lagi/")
    order.refresh_from_db()
    assert order.status == "held"
    desk_of(officer.pk, "mfa").post(where, {"alasan": WHY})
    order.refresh_from_db()
    assert order.status == "paid"
    documents.issue_due()
    assert books.check() == []
    assert restore(order.pk, officer.pk, WHY).status == "paid"
