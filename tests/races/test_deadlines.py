"""Many purchases whose time runs out while they are paid, both ways round; second ways paid while the first one ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from bebeli.kit import clock
from bebeli.kit.errors import Busy, Refused
from bebeli.orders import books
from bebeli.orders.actions import settle as settle_verbs
from bebeli.orders.actions.close_purchase import give_up_attempt
from bebeli.orders.actions.renew_attempt import renew_attempt
from bebeli.orders.flows import charge, reconcile
from bebeli.orders.flows import refund as refund_flow
from bebeli.orders.flows.settle import ask
from bebeli.orders.models import Entry, Order, PaymentAttempt, Purchase, Refund
from simulator.bank import Refusal
from tests import world
from tests.conftest import Provider
from tests.races.crowd import all_at_once
from tests.races.guards import unlock, without_constraint
from tests.sizes import size

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

DEADLINES = size("RACE_DEADLINES", 20, 2000)  # half in each order
SECOND_WAYS = size("RACE_SECOND_WAYS", 20, 2000)  # in half of them the first way ends, in half it is paid too
WIDTH = 8
LATE = timedelta(hours=25)
PAID = {"settlement", "refund", "partial_refund"}
Job = Callable[[], object]


def together(jobs: list[Job]) -> Counter[str]:
    """Run the jobs at once, a day later; returns what came of them. A customer who is too late hears so at the bank."""

    def act(job: Job) -> str:
        try:
            with clock.moved(LATE):
                return str(job())
        except (Busy, Refused) as refusal:
            return refusal.code
        except Refusal:
            return "too late"

    return Counter(all_at_once(act, jobs, WIDTH))


def wrong(provider: Provider, purchase: Purchase) -> str:
    """Say where shop and bank disagree on a purchase: it is paid by one and sold, or ended and keeps nothing."""
    purchase.refresh_from_db()
    attempts = list(purchase.payment.attempts.order_by("pk"))
    paid = sum(provider.bank.find(one.code)["status"] in PAID for one in attempts)
    settled = Entry.objects.filter(purchase=purchase, kind="settled").count()
    returned = Refund.objects.filter(attempt__in=attempts).count()
    states = set(Order.objects.filter(purchase=purchase).values_list("status", flat=True))
    expected = {"paid"} if settled else {purchase.status}
    is_right = settled <= 1 and settled + returned == paid and states == expected
    return "" if is_right else f"{purchase.code} {purchase.status}: {paid} paid, {settled} settled, {returned} returned"


def mistakes(provider: Provider, purchases: list[Purchase]) -> list[str]:
    return [words for purchase in purchases if (words := wrong(provider, purchase))]


def pay(provider: Provider, code: str) -> str:
    """The customer pays, and the provider's message makes us ask."""
    provider.bank.pay(code)
    return ask(PaymentAttempt.objects.get(code=code))


def run_out(provider: Provider, many: int) -> list[Purchase]:
    """Each is paid and comes to its end at once; half of the pairs begin with the one, half with the other."""
    goods = world.variant(stock=many)
    purchases = [world.charged(world.user(), (goods, 1)) for _number in range(many)]
    jobs: list[Job] = []
    for number, purchase in enumerate(purchases):
        sides: list[Job] = [
            lambda code=f"{purchase.code}-p1": pay(provider, code),  # type: ignore[misc]
            lambda pk=purchase.pk: reconcile._expire(pk),  # type: ignore[misc]  # noqa: SLF001  one at a time
        ]
        jobs += sides if number % 2 else sides[::-1]
    together(jobs)
    return purchases


def test_paid_and_run_out_at_once_is_one_or_the_other(provider: Provider) -> None:
    purchases = run_out(provider, DEADLINES)
    with clock.moved(LATE):  # what was busy is looked at again
        while reconcile.expire_due():
            pass
    assert mistakes(provider, purchases) == []
    assert set(Purchase.objects.values_list("status", flat=True)) <= {"paid", "expired"}
    assert books.check() == []


def test_without_closing_at_the_provider_some_are_paid_and_ended(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bank takes money for what has ended already: until its message comes, the buyer has paid for nothing."""
    monkeypatch.setattr(charge, "close_at_provider", lambda live: str(give_up_attempt(live.pk, "unasked").status))
    monkeypatch.setattr("tests.races.test_deadlines.ask", lambda attempt: attempt.code)  # the message is under way
    assert mistakes(provider, run_out(provider, 6))


def second_ways(provider: Provider, many: int) -> tuple[list[Purchase], list[Job]]:
    """The first way stays open at the provider; then it ends, or is paid too, while the second is paid."""
    goods = world.variant(stock=many)
    purchases = [world.charged(world.user(), (goods, 1), method="qris") for _number in range(many)]
    jobs: list[Job] = []
    for number, purchase in enumerate(purchases):
        second = charge.charge(renew_attempt(purchase.pk, "gopay"))
        first = PaymentAttempt.objects.get(code=f"{purchase.code}-p1")

        def old(one: PaymentAttempt = first, *, is_paid_too: bool = number % 4 >= 2) -> str:
            if is_paid_too:
                return pay(provider, one.code)
            provider.bank.end(one.code, "expire")
            return ask(one)

        sides: list[Job] = [lambda code=second.code: pay(provider, code), old]  # type: ignore[misc]
        jobs += sides if number % 2 else sides[::-1]
    return purchases, jobs


def test_a_second_way_paid_while_the_first_ends_pays_once(provider: Provider) -> None:
    purchases, jobs = second_ways(provider, SECOND_WAYS)
    together(jobs)
    for attempt in PaymentAttempt.objects.all():  # what was busy is asked about again
        ask(attempt)
    assert mistakes(provider, purchases) == []
    assert set(Purchase.objects.values_list("status", flat=True)) == {"paid"}
    returned = Refund.objects.all()
    assert returned.count() == sum(number % 4 >= 2 for number in range(SECOND_WAYS))
    for refund in returned:
        refund_flow.send(refund.pk)
        provider.bank.confirm_refunds(refund.attempt.code)
        ask(refund.attempt)
    assert set(Refund.objects.values_list("state", flat=True)) == {"confirmed"}
    assert books.check() == []


def test_without_the_lock_two_ways_pay_for_one_purchase(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second way settles between our reading and our writing, and no constraint says no."""
    (purchase,), _jobs = second_ways(provider, 1)
    look = settle_verbs.can_still_be_had
    with (
        monkeypatch.context() as patch,
        without_constraint(PaymentAttempt, "orders_attempt_one_success", is_unallocated=True),
    ):
        unlock(patch)
        waiting = [f"{purchase.code}-p2"]

        def rival_acts(scene: settle_verbs.Scene) -> bool:
            if waiting:
                all_at_once(lambda code: pay(provider, code), [waiting.pop()], 1)
            return look(scene)

        patch.setattr(settle_verbs, "can_still_be_had", rival_acts)
        pay(provider, f"{purchase.code}-p1")
        assert Entry.objects.filter(kind="settled").count() == 2
        assert "I11" in {violation.code for violation in books.check()}
