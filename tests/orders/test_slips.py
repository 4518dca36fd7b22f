"""What BEBELI charged a seller in a month and the PPh 22 it collected: two slips, from the rows of the books."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import override

from bebeli.kit import clock
from bebeli.orders import books, returns, states
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.lock_order import take
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.record_tax_letter import LetterWish, record_tax_letter
from bebeli.orders.actions.restore_payment import restore_payment
from bebeli.orders.actions.settle import settle
from bebeli.orders.actions.ship import ship
from bebeli.orders.documents.sheet import sheet_of
from bebeli.orders.flows import documents
from bebeli.orders.models import Document, DocumentCounter, Posting
from bebeli.orders.parting import Part
from tests import world
from tests.orders.test_worked_example import Example

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER, DECEMBER = (date(2031, month, 1) for month in (10, 11, 12))


def at(month: int, day: int = 10) -> Any:
    return clock.standing_at(datetime(2031, month, day, 5, tzinfo=UTC))


def completed(month: int = 10) -> Example:
    with at(month):
        shop = Example()
        shop.pay()
        shop.complete(shop.a)
        shop.complete(shop.b)
    return shop


def issued() -> None:
    """Everything that is due at the end of the year."""
    with clock.standing_at(datetime(2031, 12, 31, 20, tzinfo=UTC)):
        while documents.issue_statements_due():
            pass
        assert "I67" not in {found.code for found in books.check(is_whole=True)}


def slip(seller_id: int, month: date, kind: str = "fee_slip") -> Document | None:
    return Document.objects.whole().filter(seller_id=seller_id, month=month, kind=kind).first()


def told(seller_id: int, kind: str = "fee_slip") -> dict[int, int]:
    """A seller's slips by month."""
    rows = Document.objects.filter(seller_id=seller_id, kind=kind).order_by("month")
    return {row.month.month: row.amount for row in rows if row.month}


def booked(*kinds: str) -> int:
    return -(Posting.objects.filter(account__kind__in=kinds).aggregate(sum=Sum("amount"))["sum"] or 0)


def take_back(shop: Example, month: int) -> None:
    """The bank takes the whole payment back."""
    shop.attempt.refresh_from_db()
    with at(month, 20):
        truth = world.truth(shop.attempt, "chargeback", status_code="200")
        settle(shop.attempt.pk, truth, settings.MIDTRANS_MERCHANT_ID)


def test_the_slips_of_a_month_are_its_statement_s_fee_and_tax() -> None:
    shop = completed()
    issued()
    for order, fee, tax in ((shop.a, (190_000, 9_500, 1_045), 950), (shop.b, (100_000, 5_000, 550), 0)):
        found, taxed = slip(order.seller_id, OCTOBER), slip(order.seller_id, OCTOBER, "tax_slip")
        statement = Document.objects.get(seller_id=order.seller_id, kind="statement", month=OCTOBER).content
        assert found is not None
        (row,) = found.content["orders"]
        assert (row["order"], row["why"], row["base"], row["commission"], row["vat"]) == (order.code, "completed", *fee)
        assert found.amount == sum(fee[1:]) == statement["totals"]["fee"]
        assert found.code == f"BPL-2032-{order.seller_id:04d}-000001"  # issued after midnight in WIB
        assert (taxed.amount if taxed else 0) == tax == statement["totals"]["tax"]
        codes = [paper.printed_code for paper in (found, taxed) if paper]
        assert statement["slips"] == codes
    taxed = slip(shop.a.seller_id, OCTOBER, "tax_slip")
    assert taxed is not None
    (row,) = taxed.content["orders"]
    assert (row["base"], row["rate_bp"], row["total"], row["paid_month"]) == (190_000, 50, 950, "2031-10-01")


def test_what_goes_back_later_is_below_zero_in_its_own_month() -> None:
    shop = completed()
    with at(11):
        shop.part(shop.a, [Part(shop.a.lines.get().pk, face=30_000)])
    issued()
    assert told(shop.a.seller_id) == {10: 10_545, 11: -1_665}
    assert told(shop.a.seller_id, "tax_slip") == {10: 950, 11: -150}
    back = slip(shop.a.seller_id, NOVEMBER)
    assert back is not None
    (row,) = back.content["orders"]
    assert (row["why"], row["base"], row["commission"], row["vat"]) == ("refunded", -30_000, -1_500, -165)
    both = sum(told(shop.a.seller_id).values()) + sum(told(shop.b.seller_id).values())
    assert both == booked("commission", "ppn_output") - 198
    assert sum(told(shop.a.seller_id, "tax_slip").values()) == booked("pph22_payable") == 800


def test_what_went_back_before_completion_was_never_charged() -> None:
    with at(10):
        shop = Example()
        shop.pay()
        shop.part(shop.b, [Part(shop.b.lines.get().pk, quantity=1)])
        shop.complete(shop.b)
    issued()
    found = slip(shop.b.seller_id, OCTOBER)
    assert found is not None
    (row,) = found.content["orders"]
    assert (row["base"], row["commission"], row["vat"]) == (50_000, 2_500, 275)


def test_a_chargeback_of_two_sellers_falls_apart_by_order_and_comes_again() -> None:
    shop = completed()
    with at(10, 12):
        shop.part(shop.a, [Part(shop.a.lines.get().pk, face=30_000)])
    take_back(shop, 11)
    issued()
    assert told(shop.a.seller_id) == {10: 10_545 - 1_665, 11: -(10_545 - 1_665)}
    assert told(shop.a.seller_id, "tax_slip") == {10: 800, 11: -800}
    assert told(shop.b.seller_id) == {10: 5_550, 11: -5_550}
    assert told(shop.b.seller_id, "tax_slip") == {}
    assert booked("commission") == booked("ppn_output") == booked("pph22_payable") == 0
    with at(12):
        restore_payment(shop.a.pk, shop.boss.pk, "uang datang lagi")
    with clock.standing_at(datetime(2032, 1, 31, 20, tzinfo=UTC)):
        while documents.issue_statements_due():
            pass
        assert "I67" not in {found.code for found in books.check(is_whole=True)}
    assert told(shop.a.seller_id) == {10: 8_880, 11: -8_880, 12: 8_880}
    assert told(shop.b.seller_id) == {10: 5_550, 11: -5_550, 12: 5_550}
    assert told(shop.a.seller_id, "tax_slip") == {10: 800, 11: -800, 12: 800}


def test_an_order_that_was_not_earned_when_the_bank_came_has_nothing_to_give_up() -> None:
    with at(10):
        shop = Example()
        shop.pay()
        shop.complete(shop.a)
    take_back(shop, 11)
    issued()
    assert told(shop.a.seller_id) == {10: 10_545, 11: -10_545}
    assert told(shop.b.seller_id) == {}


def test_the_tax_base_of_a_pkp_is_without_its_ppn() -> None:
    with at(10):
        boss, stall = world.finance(), world.seller()
        world.rates_today(commission=500, vat=1100, income_tax=50, pmk37=1, goods_vat=1100)
        record_tax_letter(LetterWish(stall.slug, "pkp", "PKP-1", date(2031, 1, 1), date(2031, 12, 31)), boss.pk)
        order = world.orders_of(world.paid(world.user(), (world.variant(stall, price=111_000), 2)))[0]
        accept(order.pk, world.owner(stall))
        ship(order.pk, world.owner(stall), "sendiri", "")
        receive(order.pk, order.purchase.buyer_id)
    with at(11), transaction.atomic():
        taken = take(order.pk)
        half = [Part(order.lines.get().pk, quantity=1)]
        returns.refund_part(taken.locks, taken.order, half, reason="kurang", who=states.SYSTEM)
    issued()
    first, back = (slip(stall.pk, month, "tax_slip") for month in (OCTOBER, NOVEMBER))
    assert first is not None
    assert back is not None
    assert (first.content["totals"], back.content["totals"]) == (
        {"base": 200_000, "total": 1_000}, {"base": -100_000, "total": -500},
    )  # fmt: skip
    assert told(stall.pk) == {10: 11_100 + 1_221, 11: -(5_550 + 610)}


def test_a_month_of_a_later_payment_says_when_each_order_was_paid() -> None:
    with at(10):
        shop = Example()
        shop.pay()
    with at(11):
        shop.complete(shop.a)
    issued()
    found = slip(shop.a.seller_id, NOVEMBER, "tax_slip")
    assert found is not None
    assert found.content["orders"][0]["paid_month"] == "2031-10-01"
    with override("id"):
        assert sheet_of(found).rows[0][1:] == ["Oktober 2031", "Rp190.000", "0,5 %", "Rp950"]


def test_statements_from_before_there_were_slips_get_them() -> None:
    shop = completed()
    issued()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE orders_document DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM orders_document WHERE kind IN ('fee_slip', 'tax_slip')")
        cursor.execute("ALTER TABLE orders_document ENABLE TRIGGER USER")
    DocumentCounter.objects.filter(kind__in=["fee_slip", "tax_slip"]).delete()
    statements = list(Document.objects.filter(kind="statement").values_list("pk", "sha256"))
    with clock.standing_at(datetime(2032, 1, 3, 5, tzinfo=UTC)):
        assert "I67" in {found.code for found in books.check()}
    with clock.standing_at(datetime(2032, 1, 3, 5, tzinfo=UTC)):
        assert documents.issue_statements_due() == 2
        assert documents.issue_statements_due() == 0
        assert not {"I35", "I67"} & {found.code for found in books.check()}
    assert (told(shop.a.seller_id), told(shop.a.seller_id, "tax_slip")) == ({10: 10_545}, {10: 950})
    assert list(Document.objects.filter(kind="statement").values_list("pk", "sha256")) == statements


CORRUPTIONS = {
    "I67": (
        "UPDATE orders_document SET amount = amount + 1 WHERE kind = 'fee_slip' AND month = '2031-10-01'",
        "UPDATE orders_document SET amount = amount + 1 WHERE kind = 'tax_slip' AND month = '2031-11-01'",
        "UPDATE orders_document SET month = month + interval '2 months' WHERE kind = 'fee_slip' AND month = '2031-11-01'",
        "DELETE FROM orders_document WHERE kind = 'tax_slip'",
        "DELETE FROM orders_document WHERE kind = 'fee_slip'; UPDATE orders_document SET issued_at = issued_at - interval '3d'",
        "UPDATE orders_document SET body = replace(body, '\"total\":10545', '\"total\":10546') WHERE kind = 'fee_slip'",
        "UPDATE orders_order SET commission = commission + 1",
        "UPDATE orders_order SET income_tax = income_tax - 1 WHERE income_tax > 0",
        "UPDATE orders_refund SET commission_vat = commission_vat - 1",
        "UPDATE orders_entry SET kind = 'other' WHERE kind = 'reversed'",
        "UPDATE orders_entry SET kind = 'other' WHERE kind = 'completed'",
    )
}


@pytest.mark.parametrize("statement", CORRUPTIONS["I67"])
def test_a_lie_about_a_slip_is_named(statement: str) -> None:
    shop = completed()
    with at(10, 12):
        shop.part(shop.a, [Part(shop.a.lines.get().pk, face=30_000)])
    take_back(shop, 11)
    issued()
    with connection.cursor() as cursor:
        for guard in (
            "SET CONSTRAINTS ALL IMMEDIATE",
            "ALTER TABLE orders_document DISABLE TRIGGER USER",
            "ALTER TABLE orders_entry DISABLE TRIGGER USER",
            statement,
        ):
            cursor.execute(guard)
        assert cursor.rowcount > 0
    with clock.standing_at(datetime(2031, 12, 31, 20, tzinfo=UTC) + timedelta(minutes=1)):
        assert "I67" in {found.code for found in books.check(is_whole=True)}
