"""Numbers without a gap while many are issued at once, one order from many sides, and what happens with the locks off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bebeli.kit import clock
from bebeli.orders import books
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.issue_documents import issue_documents
from bebeli.orders.actions.issue_statement import issue_statement
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.replace_invoice import replace_invoice
from bebeli.orders.actions.ship import ship
from bebeli.orders.models import Document, DocumentCounter, Order
from bebeli.sellers.models import Seller
from tests import world
from tests.races.crowd import all_at_once
from tests.races.guards import unlock

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
MANY = 12


def paid(stall: Seller, many: int) -> list[int]:
    goods = world.variant(stall, stock=99)
    return [world.orders_of(world.paid(world.user(), (goods, 1)))[0].pk for _number in range(many)]


def bought_of_two(many: int) -> list[int]:
    """The orders of purchases of two makers each, with a service fee."""
    world.rates_today(service_fee=2_000)
    one, other = (world.variant(world.seller(), stock=99) for _number in range(2))
    purchases = [world.paid(world.user(), (one, 1), (other, 1)) for _number in range(many)]
    return [order.pk for purchase in purchases for order in world.orders_of(purchase)]


def tried(order_id: int) -> str:
    try:
        return f"issued {len(issue_documents(order_id))}"
    except Exception as error:  # noqa: BLE001  whatever breaks is what these tests are about
        return type(error).__name__


def numbers(kind: str) -> list[int]:
    return list(Document.objects.filter(kind=kind).order_by("number").values_list("number", flat=True))


def test_many_orders_at_once_are_numbered_without_a_gap() -> None:
    orders = paid(world.seller(), MANY)
    assert set(all_at_once(tried, orders, MANY)) == {"issued 2"}
    assert numbers("invoice") == numbers("receipt") == list(range(1, MANY + 1))
    assert books.check() == []


def test_one_order_from_many_sides_gets_one_invoice() -> None:
    (order,) = paid(world.seller(), 1)
    outcomes = all_at_once(tried, [order] * MANY, MANY)
    assert sorted(outcomes) == ["issued 0"] * (MANY - 1) + ["issued 2"]
    assert numbers("invoice") == numbers("receipt") == [1]
    assert books.check() == []


def test_without_the_locks_the_database_refuses_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many see the same last number and the same order without an invoice; only the unique keys still stand."""
    orders = paid(world.seller(), MANY)
    issue_documents(orders[0])  # so that the counters are there, and a lock could be taken
    unlock(monkeypatch)
    outcomes = all_at_once(tried, [*orders[1:], *orders[1:]], MANY)
    assert "IntegrityError" in outcomes
    assert len(set(numbers("invoice"))) == len(numbers("invoice")) == Document.objects.filter(kind="invoice").count()
    assert Document.objects.filter(kind="invoice").values("order").distinct().count() == len(numbers("invoice"))


def test_a_failed_issue_leaves_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    orders = paid(world.seller(), 3)

    def breaks(*_parts: object) -> None:
        raise RuntimeError("no paper")

    with monkeypatch.context() as patch:
        patch.setattr("bebeli.orders.documents.compose.receipt", breaks)
        assert tried(orders[0]) == "RuntimeError"
    assert set(DocumentCounter.objects.values_list("last", flat=True)) <= {0}
    assert [tried(order) for order in orders] == ["issued 2"] * 3
    assert numbers("invoice") == [1, 2, 3]


def test_one_invoice_replaced_from_many_sides_is_replaced_once() -> None:
    officer, (order,) = world.finance(), paid(world.seller(), 1)
    invoice = issue_documents(order)[0]

    def replace(_number: int) -> str:
        try:
            return replace_invoice(invoice.pk, officer.pk, "salah").kind
        except Exception as error:  # noqa: BLE001  as above
            return type(error).__name__

    outcomes = all_at_once(replace, range(8), 8)
    assert outcomes.count("invoice") == 1
    assert set(outcomes) <= {"invoice", "Refused"}
    assert numbers("invoice") == [1, 2]
    assert books.check() == []


def test_one_month_from_many_sides_is_one_statement() -> None:
    stall = world.seller()
    (pk,) = paid(stall, 1)
    accept(pk, world.owner(stall))
    ship(pk, world.owner(stall), "sendiri", "")
    receive(pk, Order.objects.get(pk=pk).purchase.buyer_id)
    issue_documents(pk)
    month = clock.today().replace(day=1)

    def state(_number: int) -> date | None:
        with clock.moved(timedelta(days=40)):
            return issue_statement(stall.pk, month).month

    assert set(all_at_once(state, range(8), 8)) == {month}
    assert numbers("statement") == numbers("fee_slip") == [1]
    assert books.check() == []


def test_two_orders_of_one_purchase_at_once_bring_one_paper_of_its_fee() -> None:
    orders = bought_of_two(MANY // 2)
    assert sorted(all_at_once(tried, orders, MANY)) == ["issued 2"] * (MANY // 2) + ["issued 3"] * (MANY // 2)
    assert numbers("fee_receipt") == list(range(1, MANY // 2 + 1))
    for order in Order.objects.select_related("seller"):
        reject(order.pk, world.owner(order.seller), "habis")
    assert sorted(all_at_once(tried, orders, MANY)) == ["issued 1"] * (MANY // 2) + ["issued 2"] * (MANY // 2)
    assert numbers("fee_credit") == list(range(1, MANY // 2 + 1))
    assert books.check() == []


def test_without_the_locks_both_orders_want_to_write_the_fee_s_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    orders = bought_of_two(MANY // 2)
    unlock(monkeypatch)
    assert "IntegrityError" in all_at_once(tried, orders, MANY)
    assert len(set(numbers("fee_receipt"))) == Document.objects.filter(kind="fee_receipt").count()
    assert Document.objects.filter(kind="fee_receipt").values("purchase").distinct().count() == len(numbers("fee_receipt"))
