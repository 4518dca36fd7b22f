"""Truths that come in an odd order: nothing crashes, nothing leaks, no money is paid twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bebeli.catalog.models import Variant
from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.orders import books
from bebeli.orders.actions.close_purchase import expire_purchase, give_up_attempt
from bebeli.orders.actions.refund import name_refund_account, refund_paid_by_hand
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.settle import settle
from bebeli.orders.gateway.types import RefundSeen
from bebeli.orders.models import Account, Posting, Purchase, Refund
from tests import world

pytestmark = pytest.mark.django_db
MERCHANT = settings.MIDTRANS_MERCHANT_ID


def hear(purchase: Purchase, status: str, **fields: object) -> str:
    attempt = world.attempt_of(purchase)
    return settle(attempt.pk, world.truth(attempt, status, **fields), MERCHANT)


def expired(*wanted: tuple[Variant, int]) -> Purchase:
    purchase = world.placed(world.user(), *wanted)
    give_up_attempt(world.attempt_of(purchase).pk, "not found")
    with clock.moved(timedelta(hours=25)):
        assert expire_purchase(purchase.pk).status == "expired"
    return purchase


def test_late_money_for_goods_half_gone_promises_none_of_them() -> None:
    stall = world.seller()
    there, gone = world.variant(stall, stock=5), world.variant(stall, stock=2)
    purchase = expired((there, 2), (gone, 2))
    world.paid(world.user(), (gone, 1))
    assert hear(purchase, "settlement") == "unallocated"
    there.refresh_from_db()
    assert (there.on_hand, there.reserved) == (5, 0)
    assert books.check() == []


def test_money_that_was_given_back_at_the_providers_own_desk_still_counts() -> None:
    purchase = world.placed(world.user(), (world.variant(), 1))
    by_hand = (RefundSeen("made-at-the-desk", purchase.total, clock.now()),)
    assert hear(purchase, "refund", refunds=by_hand) == "settled"
    assert books.check() == []


@pytest.mark.parametrize("again", ["settlement", "refund"])
def test_money_that_comes_again_after_a_reversal_is_for_people(again: str) -> None:
    purchase = world.paid(world.user(), (world.variant(), 1))
    assert hear(purchase, "deny") == "reversed"
    assert (hear(purchase, again), hear(purchase, again)) == ("suspect", "nothing")
    assert hear(purchase, "expire") == "nothing"
    assert world.attempt_of(purchase).status == "reversed"
    assert books.check() == []


def test_money_returned_and_then_taken_back_is_in_the_books() -> None:
    goods = world.variant(stock=2)
    purchase = expired((goods, 2))
    world.paid(world.user(), (goods, 1))
    hear(purchase, "settlement")
    refund = Refund.objects.get()
    name_refund_account(refund.pk, "014", "1234567890", "Uji")
    refund_paid_by_hand(refund.pk, world.finance().pk, "REF-1", world.PROOF)
    assert hear(purchase, "deny") == "reversed"
    entry = Posting.objects.filter(entry__attempt=world.attempt_of(purchase), entry__kind="reversed")
    assert dict(entry.values_list("account__kind", "amount")) == {
        Account.Kind.UNALLOCATED: purchase.total,
        Account.Kind.GATEWAY: -purchase.total,
    }
    assert refund.doubles.get().amount == purchase.total
    assert books.check() == []


def test_a_promise_falls_under_its_lock() -> None:
    """Who approves or turns it down locks the promise alone, so holding the purchase keeps nobody out."""
    goods = world.variant(stock=2)
    purchase = expired((goods, 2))
    world.paid(world.user(), (goods, 1))
    hear(purchase, "settlement")
    with CaptureQueriesContext(connection) as seen:
        assert hear(purchase, "deny") == "reversed"
    told = [query["sql"] for query in seen if '"orders_refund"' in query["sql"]]
    assert "FOR NO KEY UPDATE" in told[0]
    assert told[1].startswith("UPDATE")
    assert (Refund.objects.get().state, books.check()) == ("failed", [])


def test_a_promise_that_fell_is_not_paid_by_hand() -> None:
    purchase = world.paid(world.user(), (world.variant(), 1))
    order = world.orders_of(purchase)[0]
    reject(order.pk, world.owner(order.seller), "habis")
    refund = Refund.objects.get()
    name_refund_account(refund.pk, "014", "1234567890", "Uji")
    hear(purchase, "deny")
    with pytest.raises(Refused) as refusal:
        refund_paid_by_hand(refund.pk, world.finance().pk, "REF-1", world.PROOF)
    refund.refresh_from_db()
    assert (refusal.value.code, refund.state) == ("refund_closed", "failed")
    assert books.check() == []
