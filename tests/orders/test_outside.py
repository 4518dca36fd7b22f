"""Money that left a payment at the provider without us: heard, matched or booked once, never sent twice."""

from __future__ import annotations

import pytest

from bebeli.kit.errors import InvalidInput, Refused
from bebeli.notices.models import Notice
from bebeli.orders import books
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.approve_refund import approve_refund
from bebeli.orders.actions.book_outside import book_outside
from bebeli.orders.actions.cancel_order import cancel_order
from bebeli.orders.actions.close_outside import close_outside
from bebeli.orders.actions.leave_unplaced import leave_unplaced
from bebeli.orders.actions.match_outside import match_outside
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.say_outside_amount import say_outside_amount
from bebeli.orders.actions.ship import ship
from bebeli.orders.actions.take_refund import take_refund
from bebeli.orders.flows import refund as refund_flow
from bebeli.orders.flows.settle import ask
from bebeli.orders.models import Order, OutsideRefund, Purchase, Refund
from tests import world
from tests.conftest import Provider
from tests.orders.test_suspicion import balances

pytestmark = pytest.mark.django_db
WHY = "terlihat di dasbor penyedia"


def bought(provider: Provider, *prices: int, pieces: int = 1) -> Purchase:
    """A purchase paid by QRIS, one order for each price."""
    goods = [(world.variant(price=price), pieces) for price in prices]
    purchase = world.charged(world.user(), *goods, method="qris")
    assert provider.settle(purchase) == "settled"
    return purchase


def at_dashboard(provider: Provider, purchase: Purchase, amount: int = 0, *, confirmed: bool = True) -> OutsideRefund:
    """Somebody refunds on the provider's own pages, and we hear of it."""
    attempt = world.attempt_of(purchase)
    provider.bank.refund_at_dashboard(attempt.code, amount)
    if confirmed:
        provider.bank.confirm_refunds(attempt.code)
    ask(attempt)
    return OutsideRefund.objects.filter(attempt=attempt).latest("pk")


def sent_to(provider: Provider, purchase: Purchase) -> list[int]:
    """What the provider has given back, by its own list."""
    return [row["amount"] for row in provider.bank.transactions[world.attempt_of(purchase).code]["refunds"]]


def test_it_is_laid_before_finance_once_and_nothing_else_moves(provider: Provider) -> None:
    officer, purchase = world.finance(), bought(provider, 50_000)
    before = balances()
    case = at_dashboard(provider, purchase, 20_000, confirmed=False)
    assert (case.kind, case.amount, case.state, case.confirmed_at) == ("refund", 20_000, "open", None)
    provider.bank.confirm_refunds(case.attempt.code)
    ask(case.attempt)
    ask(case.attempt)
    again = OutsideRefund.objects.get()
    assert (again.pk, again.state) == (case.pk, "open")
    assert again.confirmed_at is not None
    told = Notice.objects.filter(kind="orders.outside_found", channel="email")
    assert [notice.user_id for notice in told] == [officer.pk]
    assert balances() == before
    assert books.check() == []


def test_a_promise_is_not_sent_again_once_it_is_found_to_be_the_same(provider: Provider) -> None:
    purchase = bought(provider, 50_000)
    order = world.orders_of(purchase)[0]
    cancel_order(order.pk, purchase.buyer_id, "")
    promise = Refund.objects.get()
    provider.bank.refund_at_dashboard(world.attempt_of(purchase).code)
    provider.bank.confirm_refunds(world.attempt_of(purchase).code)
    assert refund_flow.send(promise.pk) == "approved"  # its message was lost: asking the provider finds it
    case = OutsideRefund.objects.get()
    assert match_outside(case.pk, promise.pk, world.finance().pk).state == "placed"
    assert match_outside(case.pk, promise.pk, world.finance().pk).state == "placed"
    promise.refresh_from_db()
    assert (promise.state, promise.outside_id, sent_to(provider, purchase)) == ("confirmed", case.pk, [purchase.total])
    assert (balances(), books.check()) == ({}, [])


def test_a_refusal_while_the_case_waits_is_no_reason_to_transfer(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    purchase = bought(provider, 50_000)
    cancel_order(world.orders_of(purchase)[0].pk, purchase.buyer_id, "")
    promise = Refund.objects.get()
    refunded = provider.bank.refund

    def given_meanwhile(key: str, request: dict[str, object]) -> object:
        """Somebody presses the dashboard's button between our question and our request."""
        monkeypatch.setattr(provider.bank, "refund", refunded)
        provider.bank.refund_at_dashboard(key)
        return refunded(key, request)

    monkeypatch.setattr(provider.bank, "refund", given_meanwhile)
    assert refund_flow.send(promise.pk) == "approved"
    assert list(Refund.objects.values_list("channel", "state")) == [("provider", "approved")]
    case = OutsideRefund.objects.get()
    match_outside(case.pk, promise.pk, world.finance().pk)
    assert Refund.objects.get().state == "sent"
    provider.bank.confirm_refunds(case.attempt.code)
    ask(case.attempt)
    assert (Refund.objects.get().state, balances(), books.check()) == ("confirmed", {}, [])


def test_a_part_given_there_leaves_the_rest_of_the_promise_to_us(provider: Provider) -> None:
    purchase = bought(provider, 60_000)
    cancel_order(world.orders_of(purchase)[0].pk, purchase.buyer_id, "")
    promise = Refund.objects.get()
    case = at_dashboard(provider, purchase, 20_001)
    assert refund_flow.send(promise.pk) == "approved"
    match_outside(case.pk, promise.pk, world.finance().pk)
    promise.refresh_from_db()
    ours, rest = Refund.objects.get(outside=case), Refund.objects.get(state="approved")
    assert (promise.state, ours.state, ours.amount, rest.amount) == ("failed", "confirmed", 20_001, purchase.total - 20_001)
    assert (rest.face + ours.face, rest.service_fee + ours.service_fee) == (promise.face, promise.service_fee)
    assert refund_flow.send(rest.pk) == "sent"
    provider.bank.confirm_refunds(case.attempt.code)
    assert refund_flow.send(rest.pk) == "confirmed"
    assert sent_to(provider, purchase) == [20_001, purchase.total - 20_001]
    assert (balances(), books.check()) == ({}, [])


def test_without_a_promise_it_is_booked_on_the_orders_it_was_for(provider: Provider) -> None:
    officer, purchase = world.finance(), bought(provider, 50_000, 30_000)
    first, second = world.orders_of(purchase)
    accept(second.pk, world.owner(second.seller))
    case = at_dashboard(provider, purchase)
    with pytest.raises(InvalidInput):
        book_outside(case.pk, first.pk, officer.pk, " ")
    assert book_outside(case.pk, first.pk, officer.pk, WHY).state == "open"
    assert book_outside(case.pk, second.pk, officer.pk, WHY).state == "placed"
    assert [order.status for order in world.orders_of(purchase)] == ["cancelled", "cancelled"]
    assert Refund.objects.filter(state="confirmed").count() == 2
    assert (sent_to(provider, purchase), balances(), books.check()) == ([purchase.total], {}, [])


def test_a_part_of_what_went_on_is_borne_by_its_order(provider: Provider) -> None:
    officer, purchase = world.finance(), bought(provider, 40_000)
    order = world.orders_of(purchase)[0]
    accept(order.pk, world.owner(order.seller))
    ship(order.pk, world.owner(order.seller), "sendiri", "")
    case = at_dashboard(provider, purchase, 15_000)
    assert book_outside(case.pk, order.pk, officer.pk, WHY).state == "placed"
    order.refresh_from_db()
    assert (order.status, order.refunded, Refund.objects.get().state) == ("shipped", 15_000, "confirmed")
    receive(order.pk, purchase.buyer_id)
    later = at_dashboard(provider, purchase, 5_000)
    book_outside(later.pk, order.pk, officer.pk, WHY)
    order.refresh_from_db()
    assert (order.status, order.refunded, books.check()) == ("completed", 20_000, [])


def test_much_money_waits_in_the_books_for_a_second_person(provider: Provider) -> None:
    officer, purchase = world.finance(), bought(provider, 6_000_000)
    order = world.orders_of(purchase)[0]
    accept(order.pk, world.owner(order.seller))
    case = at_dashboard(provider, purchase, 5_500_000)
    book_outside(case.pk, order.pk, officer.pk, WHY)
    made = Refund.objects.get()
    assert (made.state, made.needs_second) == ("requested", True)
    with pytest.raises(Refused):
        approve_refund(made.pk, officer.pk)
    approve_refund(made.pk, world.finance().pk)
    assert refund_flow.send(made.pk) == "confirmed"
    assert (sent_to(provider, purchase), books.check()) == ([5_500_000], [])


def test_what_no_order_can_bear_is_nobodys(provider: Provider) -> None:
    officer, purchase = world.finance(), bought(provider, 50_000)
    order = world.orders_of(purchase)[0]
    accept(order.pk, world.owner(order.seller))
    case = at_dashboard(provider, purchase, 10_000, confirmed=False)
    with pytest.raises(Refused) as refusal:
        leave_unplaced(case.pk, officer.pk, WHY)
    assert refusal.value.code == "not_confirmed"
    provider.bank.confirm_refunds(case.attempt.code)
    ask(case.attempt)
    assert leave_unplaced(case.pk, officer.pk, WHY).state == "placed"
    assert (balances()["gateway"], balances()["unallocated"]) == (purchase.total - 10_000, 10_000)
    assert (case.attempt.doubles.get().amount, books.check()) == (10_000, [])


def test_with_a_promise_open_it_is_never_booked_beside_it(provider: Provider) -> None:
    officer, purchase = world.finance(), bought(provider, 50_000, 30_000)
    first, second = world.orders_of(purchase)
    cancel_order(first.pk, purchase.buyer_id, "")
    case = at_dashboard(provider, purchase, 10_000)
    with pytest.raises(Refused) as refusal:
        book_outside(case.pk, second.pk, officer.pk, WHY)
    assert refusal.value.code == "promise_open"
    with pytest.raises(Refused) as refusal:
        leave_unplaced(case.pk, officer.pk, WHY)
    assert refusal.value.code == "promise_open"
    with pytest.raises(Refused) as refusal:
        match_outside(case.pk, Refund.objects.get().pk, purchase.buyer_id or 0)
    assert refusal.value.code == "own_purchase"


def test_a_part_that_a_bank_took_reverses_nothing_by_itself(provider: Provider) -> None:
    officer, purchase = world.finance(), bought(provider, 50_000)
    order, attempt = world.orders_of(purchase)[0], world.attempt_of(purchase)
    provider.bank.take_part_back(attempt.code)
    before = balances()
    ask(attempt)
    case = OutsideRefund.objects.get()
    assert (case.kind, case.amount, balances()) == ("chargeback", None, before)
    order.refresh_from_db()
    assert (order.status, Purchase.objects.get(pk=purchase.pk).payment.status) == ("paid", "settled")
    with pytest.raises(Refused) as refusal:
        book_outside(case.pk, order.pk, officer.pk, WHY)
    assert refusal.value.code == "amount_unknown"
    with pytest.raises(InvalidInput):
        say_outside_amount(case.pk, officer.pk, purchase.total + 1)
    say_outside_amount(case.pk, officer.pk, 7_000)
    ask(attempt)
    assert book_outside(case.pk, order.pk, officer.pk, WHY).state == "placed"
    order.refresh_from_db()
    assert (order.status, order.refunded, balances()["gateway"]) == ("paid", 7_000, purchase.total - 7_000)
    assert books.check() == []


def test_a_provider_that_says_how_much_a_bank_took_is_believed(provider: Provider) -> None:
    purchase = bought(provider, 50_000)
    provider.bank.take_part_back(world.attempt_of(purchase).code, 9_000)
    ask(world.attempt_of(purchase))
    assert OutsideRefund.objects.get().amount == 9_000


def test_a_sum_without_a_list_is_a_case_too(provider: Provider) -> None:
    purchase = bought(provider, 50_000)
    attempt = world.attempt_of(purchase)
    said = {"transaction_id": attempt.transaction_id, "given_back": 12_000}
    world.settle_now(attempt, "partial_refund", **said)
    assert OutsideRefund.objects.get().amount == 12_000
    case = at_dashboard(provider, purchase, 12_000)
    assert OutsideRefund.objects.get().key == case.key != ""


def test_what_the_provider_takes_back_needs_nobody(provider: Provider) -> None:
    purchase = bought(provider, 50_000)
    case = at_dashboard(provider, purchase, 12_000, confirmed=False)
    provider.bank.transactions[case.attempt.code].update(status="settlement", refunds=[])
    ask(case.attempt)
    case.refresh_from_db()
    assert case.state == "gone"
    assert at_dashboard(provider, purchase, 12_000).state == "open"


def test_of_a_payment_taken_back_whole_it_is_closed(provider: Provider) -> None:
    officer, purchase = world.finance(), bought(provider, 50_000)
    case = at_dashboard(provider, purchase, 12_000)
    with pytest.raises(Refused) as refusal:
        close_outside(case.pk, officer.pk, WHY)
    assert refusal.value.code == "not_reversed"
    provider.bank.take_back(case.attempt.code, "chargeback")
    assert ask(case.attempt) == "reversed"
    assert close_outside(case.pk, officer.pk, WHY).state == "gone"
    assert Order.objects.get().status == "held"
    assert books.check() == []


def test_nobody_transfers_while_it_is_undecided(provider: Provider) -> None:
    purchase = bought(provider, 50_000)
    cancel_order(world.orders_of(purchase)[0].pk, purchase.buyer_id, "")
    Refund.objects.update(channel="bank")
    case = at_dashboard(provider, purchase, 12_000)
    with pytest.raises(Refused) as refusal:
        take_refund(Refund.objects.get().pk, world.finance().pk)
    assert refusal.value.code == "outside_open"
    match_outside(case.pk, Refund.objects.get().pk, world.finance().pk)
    assert sorted(Refund.objects.exclude(state="failed").values_list("channel", "state", "amount")) == [
        ("bank", "approved", purchase.total - 12_000),
        ("provider", "confirmed", 12_000),
    ]
    assert books.check() == []
