"""A part of an order goes back: what it takes, what stays, who pays for it, and that the books notice every lie about it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from bebeli.kit.errors import Refused
from bebeli.orders import balance, books, ledger, returns, reversals
from bebeli.orders.actions.deliver import deliver
from bebeli.orders.actions.lock_order import take
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.refund import refund_refused, refund_seen, refund_sent
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.settle import settle
from bebeli.orders.actions.ship import ship
from bebeli.orders.flows import documents
from bebeli.orders.models import Document, Order, Posting, Refund
from bebeli.orders.parting import Part
from tests import payees, returning, world
from tests.orders.corruptions import OF_REFUNDS
from tests.orders.test_books import GUARDS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rates() -> None:
    world.rates_today(commission=500, vat=1100, income_tax=50, pmk37=1)


def moved(refund: Refund) -> dict[str, int]:
    rows = Posting.objects.filter(entry__refund=refund, entry__kind="refunded").select_related("account")
    return {row.account.kind: row.amount for row in rows}


def fresh(order: Order) -> Order:
    return world.orders_of(order.purchase)[0]


def test_a_piece_of_an_open_order_leaves_escrow_and_the_rest_completes_net() -> None:
    order = returning.order()
    refund = returning.pieces(order)
    assert moved(refund) == {"escrow": 50_000, "refund_payable": -50_000}
    assert (refund.state, refund.key, refund.is_partial, refund.is_earned) == ("approved", f"{order.code}-r1", True, False)
    assert (refund.commission, refund.commission_vat, refund.income_tax) == (2_500, 275, 250)
    order = fresh(order)
    assert (order.refunded, order.refunded_face, order.lines.get().fallen) == (50_000, 50_000, 1)
    ship(order.pk, world.owner(order.seller), "sendiri", "")
    receive(order.pk, order.purchase.buyer_id)
    net = 50_000 + order.shipping_price - 2_500 - 275 - 250
    assert ledger.payable_of(order.seller_id) == net == balance.earning_of(fresh(order)).net
    documents.issue_due()
    assert books.check() == []


def test_a_part_of_what_was_earned_comes_out_of_the_balance() -> None:
    order = returning.completed()
    before = ledger.payable_of(order.seller_id)
    refund = returning.pieces(order)
    assert moved(refund) == {
        "commission": 2_500, "ppn_output": 275, "pph22_payable": 250, "seller_payable": 46_975, "refund_payable": -50_000,
    }  # fmt: skip
    assert (ledger.payable_of(order.seller_id), ledger.debt_of(order.seller_id)) == (before - 46_975, 0)
    assert fresh(order).status == "completed"
    documents.issue_due()
    assert books.check() == []


def test_what_the_balance_does_not_hold_is_owed_and_settled_from_the_next_earnings() -> None:
    order = returning.completed(price=200_000, pieces=1)
    had = ledger.payable_of(order.seller_id)
    payees.payout(order.seller, bank="111", amount=had - 10_000)
    refund = returning.part(order, [Part(face=30_000)])
    assert refund is not None
    assert (moved(refund)["seller_payable"], moved(refund)["seller_receivable"], refund.owed) == (10_000, 18_185, 18_185)
    payees.earned(order.seller, 100_000)
    assert balance.of(order.seller).debt == 18_185
    documents.issue_due()
    assert books.check() == []


def test_the_platforms_courier_is_paid_out_of_what_is_left_and_else_by_the_seller() -> None:
    order = returning.order(pieces=1, price=10_000)
    Order.objects.filter(pk=order.pk).update(shipping_paid_by="platform")
    part = returning.part(order, [Part(face=10_000)], shipping=order.shipping_price)
    assert part is not None
    ship(order.pk, world.owner(order.seller), "JNE", "RESI12345")
    deliver(order.pk, world.owner(order.seller))
    receive(order.pk, order.purchase.buyer_id)
    assert (ledger.payable_of(order.seller_id), ledger.debt_of(order.seller_id)) == (0, order.shipping_price)
    documents.issue_due()
    assert books.check() == []


@pytest.mark.parametrize(
    ("parts", "shipping"),
    [([Part(face=100_001)], 0), ([Part(face=-1)], 0), ([], 10**9), ([], -1), ([Part(face=60_000), Part(face=60_000)], 0)],
)
def test_more_than_is_left_is_refused_and_nothing_moves(parts: list[Part], shipping: int) -> None:
    order = returning.order()
    with pytest.raises(Refused) as refusal:
        returning.part(order, parts, shipping=shipping)
    assert refusal.value.code == "too_much"
    assert not Refund.objects.exists()
    assert fresh(order).refunded_face == 0


def test_more_pieces_than_were_bought_are_refused() -> None:
    order = returning.order()
    with pytest.raises(Refused):
        returning.pieces(order, 3)
    with pytest.raises(Refused):
        returning.part(order, [Part(order.lines.get().pk, quantity=3, face=1)])
    assert returning.part(order, []) is None


def test_an_unpaid_order_and_a_fallen_one_give_nothing() -> None:
    order = returning.order()
    reject(order.pk, world.owner(order.seller), "habis")
    unpaid = world.orders_of(world.placed(world.user(), (world.variant(), 1)))[0]
    for one in (order, unpaid):
        with pytest.raises(Refused) as refusal:
            returning.part(one, [Part(face=1)])
        assert refusal.value.code == "wrong_state"


def test_a_fallen_order_gives_back_what_a_part_had_left() -> None:
    order = returning.order(pieces=3)
    part = returning.pieces(order)
    reject(order.pk, world.owner(order.seller), "habis")
    whole = order.refunds.latest("pk")
    assert (whole.key, whole.amount, whole.is_partial) == (f"{order.code}-r2", order.total - 50_000, False)
    assert part.amount + whole.amount == fresh(order).refunded == order.total
    documents.issue_due()
    notes = Document.objects.filter(order=order, kind="credit_note").order_by("pk")
    assert [note.amount for note in notes] == [50_000, order.total - 50_000]
    assert [note.cancels is None for note in notes] == [True, False]
    assert books.check() == []


def test_the_whole_rest_of_a_completed_order_has_its_parts_and_note() -> None:
    order = returning.completed()
    with transaction.atomic():
        taken = take(order.pk)
        refund = returns.refund_order(taken.locks, taken.order, "rusak", taken.siblings)
    assert refund is not None
    assert (refund.amount, refund.is_partial, refund.parts.get().quantity) == (order.total, True, 2)
    assert ledger.payable_of(order.seller_id) == 0
    documents.issue_due()
    assert Document.objects.get(refund=refund).amount == order.total
    assert books.check() == []


def test_the_database_alone_keeps_refunds_below_what_was_paid() -> None:
    order = returning.order()
    returning.pieces(order)
    for values in ({"refunded": F("total") + 1, "refunded_face": F("total")}, {"refunded_face": F("total") + 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Order.objects.filter(pk=order.pk).update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        order.lines.update(fallen=F("quantity") + 1)


def test_a_part_refused_by_the_provider_goes_on_under_the_next_free_key() -> None:
    order = returning.order(pieces=3)
    first, second = returning.pieces(order), returning.pieces(order)
    again = refund_refused(first.pk, "414 no")
    assert (again.key, again.origin_id, again.face, again.channel) == (f"{order.code}-r3", first.pk, first.face, "bank")
    refund_sent(second.pk)
    refund_seen(second.pk)
    assert fresh(order).refunded == 100_000
    documents.issue_due()
    assert books.check() == []


@pytest.mark.parametrize("life", ["promised", "paid", "completed", "after"])
def test_a_reversal_knows_what_went_back_before(life: str) -> None:
    order = returning.completed() if life == "after" else returning.order()
    refund = returning.pieces(order)
    if life == "paid":
        refund_sent(refund.pk)
        refund_seen(refund.pk)
    if life == "completed":
        ship(order.pk, world.owner(order.seller), "sendiri", "")
        receive(order.pk, order.purchase.buyer_id)
    attempt = world.attempt_of(order.purchase)
    settle(attempt.pk, world.truth(attempt, "chargeback"), settings.MIDTRANS_MERCHANT_ID)
    refund.refresh_from_db()
    assert (refund.state, refund.error) == (("confirmed", "") if life == "paid" else ("failed", reversals.WHY))
    documents.issue_due()
    assert [case.amount for case in refund.doubles.all()] == ([refund.amount] if life == "paid" else [])
    assert books.check() == []


def test_the_service_fee_of_a_fallen_purchase_falls_with_its_promise() -> None:
    world.rates_today(service_fee=2_000)
    order = returning.order()
    reject(order.pk, world.owner(order.seller), "habis")
    attempt = world.attempt_of(order.purchase)
    settle(attempt.pk, world.truth(attempt, "chargeback"), settings.MIDTRANS_MERCHANT_ID)
    documents.issue_due()
    assert books.check() == []


def test_an_officers_large_part_waits_and_a_small_one_does_not(settings: pytest.FixtureRequest) -> None:
    settings.REFUND_TWO_PEOPLE_FROM = 50_000  # type: ignore[attr-defined]
    order, officer = returning.order(pieces=3), world.finance()
    large = returning.pieces(order, officer=officer)
    assert (large.state, large.needs_second, large.decided_by_id) == ("requested", True, officer.pk)
    small = returning.part(order, [Part(face=49_999)], officer=officer)
    assert small is not None
    assert (small.state, small.needs_second) == ("approved", False)
    assert returning.pieces(order).needs_second is False
    documents.issue_due()
    assert books.check() == []


@pytest.mark.parametrize(("code", "statement"), [(code, text) for code, texts in OF_REFUNDS.items() for text in texts])
def test_a_corruption_is_named(code: str, statement: str) -> None:
    returning.lives()
    documents.issue_due()
    assert books.check() == []
    with connection.cursor() as cursor:
        for guard in (*GUARDS, "ALTER TABLE orders_refundpart DROP CONSTRAINT orders_refundpart_moves"):
            cursor.execute(guard)
        cursor.execute(statement)
        assert cursor.rowcount > 0
    assert code in {violation.code for violation in books.check()}
