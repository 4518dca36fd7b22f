"""Five events of one payment, told in all 120 orders: the end is the same and right in each, and nothing happens twice."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from bebeli.catalog.models import Variant
from bebeli.kit import clock
from bebeli.orders import books
from bebeli.orders.actions import settle as settle_verbs
from bebeli.orders.flows import reconcile
from bebeli.orders.flows import settle as settle_flow
from bebeli.orders.gateway.midtrans import Midtrans
from bebeli.orders.gateway.types import Truth
from bebeli.orders.models import Callback, PaymentAttempt
from tests import world
from tests.conftest import Provider
from tests.messages.stories import EVENTS, Story, begin, give_back, state_of
from tests.sizes import size

pytestmark = pytest.mark.django_db

ORDERS = list(itertools.permutations(EVENTS))
TRUTHS = ("before all", "as told", "after all")  # the provider's own answer runs ahead, keeps step, or lags behind
TOLD = ORDERS[:: len(ORDERS) // size("EVENT_ORDERS", 40, len(ORDERS))]  # a step through the orders, or all of them
TRUTHS_EACH = size("EVENT_TRUTHS", 1, len(TRUTHS))
BY_HAND = size("EVENT_ORDERS_BY_HAND", 24, len(ORDERS))  # the rarer story; a step through the orders, or all of them
SETTLED = Counter({("settled", "escrow"): 2, ("settled", "gateway"): 1})
GIVEN_BACK = Counter(
    {
        ("refunded", "escrow"): 2,
        ("refunded", "refund_payable"): 2,
        ("refund_confirmed", "refund_payable"): 2,
        ("refund_confirmed", "gateway"): 2,
    }
)


def cases(orders: list[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], str]]:
    """These orders, with one of the truths in turn, or with each of them."""
    for number, told in enumerate(orders):
        for step in range(TRUTHS_EACH):
            yield told, TRUTHS[(number + step) % len(TRUTHS)]


def deliver(story: Story, event: str) -> None:
    sent = Client().post("/pay/midtrans/notify", story.message(event), content_type="application/json")
    assert sent.status_code == 200
    settle_flow.sweep()


def tell(story: Story, told: tuple[str, ...], truth: str) -> dict[str, Any]:
    """Deliver the messages; at the end the provider says how it all ended, and the clocks have had their turn."""
    heard: set[str] = set()
    if truth == "before all":
        story.climb(set(EVENTS))
    for event in told:
        heard.add(event)
        if truth == "as told":
            story.climb(heard)
        deliver(story, event)
    story.climb(set(EVENTS))
    with clock.moved(timedelta(minutes=9)):
        while settle_flow.sweep():
            pass
        reconcile.reconcile()
    end = state_of(story)
    Callback.objects.all().delete()  # so that the next story's sweeps are quick
    return end


def on_hand(goods: tuple[Variant, Variant]) -> list[int]:
    return list(Variant.objects.filter(pk__in=[one.pk for one in goods]).values_list("on_hand", flat=True))


def differing(found: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    return [(told, end) for told, end in found if end != found[0][1]]


def test_money_that_we_give_back_ends_the_same_in_every_order(provider: Provider) -> None:
    goods = world.variant(stock=1000), world.variant(stock=1000)
    found = []
    for told, truth in cases(TOLD):
        story = begin(provider, goods)
        give_back(story)
        found.append((f"{told} {truth}", tell(story, told, truth)))
    assert len({told for told, _end in found}) == len(TOLD) * TRUTHS_EACH
    assert differing(found) == []
    end = found[0][1]
    assert (end["purchase"], end["payment"], end["orders"]) == ("paid", "settled", ["cancelled", "cancelled"])
    assert end["attempts"] == [("dead", 20, "expire", False), ("settled", 70, "refund", False)]
    assert Counter((kind, account) for kind, account, _amount in end["posted"]) == SETTLED + GIVEN_BACK
    assert [state for _amount, state in end["refunds"]] == ["confirmed", "confirmed"]
    assert end["messages"] == {"processed": len(EVENTS)}
    assert max(number for (kind, _way), number in end["told"].items() if kind == "orders.paid") == 1
    assert on_hand(goods) == [1000, 1000]
    assert books.check() == []


def test_money_given_back_by_hand_at_the_provider_ends_the_same_in_every_order(provider: Provider) -> None:
    """Nothing of ours promised it: the purchase stays paid, and the provider's report will show the difference."""
    goods = world.variant(stock=1000), world.variant(stock=1000)
    found = [
        (f"{told} {truth}", tell(begin(provider, goods), told, truth)) for told, truth in cases(ORDERS[:: len(ORDERS) // BY_HAND])
    ]
    assert differing(found) == []
    end = found[0][1]
    assert (end["purchase"], end["payment"], end["orders"]) == ("paid", "settled", ["paid", "paid"])
    assert end["attempts"] == [("dead", 20, "expire", False), ("settled", 70, "refund", False)]
    assert Counter((kind, account) for kind, account, _amount in end["posted"]) == SETTLED
    assert end["refunds"] == []
    assert on_hand(goods) == [1000 - len(found), 1000 - len(found)]
    assert books.check() == []


def test_believing_messages_and_forgetting_ranks_the_order_decides(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guards off: the message is taken for the truth, and the last word wins."""
    goods = world.variant(stock=1000), world.variant(stock=1000)
    remember = settle_verbs.remember

    def forgetful(attempt: PaymentAttempt, truth: Truth) -> None:
        remember(attempt, truth)
        attempt.rank = 0

    monkeypatch.setattr(settle_verbs, "remember", forgetful)
    ask = Midtrans.status
    found = []
    for told in ORDERS[::11]:
        story = begin(provider, goods)
        for event in told:
            said = json.loads(story.message(event))["transaction_status"]
            with monkeypatch.context() as patch:
                patch.setattr(Midtrans, "status", lambda adapter, key, said=said: replace(ask(adapter, key), status=said))
                deliver(story, event)
        found.append((str(told), state_of(story)))
        Callback.objects.all().delete()
    assert differing(found)
    assert "I29" in {violation.code for violation in books.check()}
