"""The five events of one payment, as messages that may come in any order, and the truth behind them."""

from __future__ import annotations

import copy
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from bebeli.catalog.models import Variant
from bebeli.notices.models import Notice
from bebeli.orders.actions.cancel_order import cancel_order
from bebeli.orders.actions.renew_attempt import renew_attempt
from bebeli.orders.flows import charge
from bebeli.orders.flows import refund as refund_flow
from bebeli.orders.flows.settle import ask
from bebeli.orders.models import Callback, Order, Posting, Purchase, Refund
from simulator import bodies
from tests import world
from tests.conftest import KEY, MERCHANT, Provider

EVENTS = ("pending", "settlement", "old expires", "partial refund", "refund")
STATUS = {"pending": "pending", "settlement": "settlement", "partial refund": "partial_refund", "refund": "refund"}
CLIMB = ("pending", "settlement", "partial refund", "refund")


@dataclass
class Story:
    """One purchase of two makers, its first way to pay still open beside the second, and what the bank will say of both."""

    provider: Provider
    purchase: Purchase
    films: dict[str, dict[str, Any]]  # event → the bank's transaction as it was then

    @property
    def old(self) -> str:
        """The attempt that nobody pays."""
        return f"{self.purchase.code}-p1"

    @property
    def new(self) -> str:
        """The attempt that is paid."""
        return f"{self.purchase.code}-p2"

    def message(self, event: str) -> bytes:
        """What the provider writes about an event, in the words of that moment."""
        return json.dumps(bodies.notification(self.films[event], MERCHANT, KEY, {})).encode()

    def is_true(self, event: str) -> None:
        """From now on the provider answers as after this event."""
        order_id = self.old if event == "old expires" else self.new
        self.provider.bank.transactions[order_id] = copy.deepcopy(self.films[event])

    def climb(self, told: set[str]) -> None:
        """Let the truth be the furthest of what was told."""
        reached = [event for event in CLIMB if event in told]
        if reached:
            self.is_true(reached[-1])
        if "old expires" in told:
            self.is_true("old expires")


def begin(provider: Provider, goods: tuple[Variant, Variant]) -> Story:
    """Buy from two makers by QRIS, then open a second way while the provider cannot close the first."""
    purchase = world.charged(world.user(), (goods[0], 1), (goods[1], 1), method="qris")
    second = charge.charge(renew_attempt(purchase.pk, "gopay"))
    bank = provider.bank
    old, new = bank.transactions[f"{purchase.code}-p1"], bank.transactions[second.code]
    first, other = Order.objects.filter(purchase=purchase).order_by("pk")
    films = {"pending": copy.deepcopy(new), "old expires": {**copy.deepcopy(old), "status": "expire"}}
    paid = {**copy.deepcopy(new), "status": "settlement", "settlement_time": bank.stamp()}
    films["settlement"] = paid
    refunds = [_refund(bank.stamp(), order) for order in (first, other)]
    refunds[1]["amount"] = paid["gross_amount"] - refunds[0]["amount"]
    films["partial refund"] = {**copy.deepcopy(paid), "status": "partial_refund", "refunds": refunds[:1]}
    films["refund"] = {**copy.deepcopy(paid), "status": "refund", "refunds": refunds}
    return Story(provider, purchase, films)


def _refund(at: str, order: Order) -> dict[str, Any]:
    key, amount = f"{order.code}-r1", order.paid_by_buyer
    return {"refund_key": key, "amount": amount, "reason": "", "created_at": at, "bank_confirmed_at": at}


def give_back(story: Story) -> None:
    """The shop hears of the money by asking; its buyer calls both orders off, and the shop sends the money back."""
    story.is_true("settlement")
    assert ask(world.attempt_of(story.purchase)) == "settled"
    for order in Order.objects.filter(purchase=story.purchase).order_by("pk"):
        cancel_order(order.pk, story.purchase.buyer_id, "")
    for refund in Refund.objects.filter(attempt__payment__purchase=story.purchase):
        assert refund_flow.send(refund.pk) == "sent"
    story.is_true("settlement")  # the bank has not moved yet: nobody has heard of these two


def state_of(story: Story) -> dict[str, Any]:
    """Everything that the story left behind, without numbers and times of its own."""
    purchase = Purchase.objects.get(pk=story.purchase.pk)
    attempts = purchase.payment.attempts.order_by("pk")
    posted = Posting.objects.filter(entry__purchase=purchase).values_list("entry__kind", "account__kind", "amount")
    about = [purchase.code, *Order.objects.filter(purchase=purchase).values_list("code", flat=True)]
    told = Notice.objects.filter(ref__in=about).values_list("kind", "channel")
    return {
        "purchase": purchase.status,
        "payment": purchase.payment.status,
        "attempts": list(attempts.values_list("status", "rank", "provider_status", "is_unallocated")),
        "orders": list(Order.objects.filter(purchase=purchase).order_by("pk").values_list("status", flat=True)),
        "posted": sorted(posted),
        "refunds": sorted(Refund.objects.filter(attempt__in=attempts).values_list("amount", "state")),
        "told": Counter(told),
        "messages": Counter(Callback.objects.filter(order_id__in=[story.old, story.new]).values_list("state", flat=True)),
    }
