"""What is put on paper, when, under which number, and that it stays what it was."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from bebeli.accounts.models import User
from bebeli.kit import clock, codes
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.locks import Locks
from bebeli.orders import balance, books
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.issue_documents import issue_documents
from bebeli.orders.actions.issue_statement import issue_statement
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.replace_invoice import replace_invoice
from bebeli.orders.actions.ship import ship
from bebeli.orders.actions.short import LOST, Missing, short
from bebeli.orders.documents import compose, numbering
from bebeli.orders.documents.sheet import sheet_of
from bebeli.orders.flows import documents
from bebeli.orders.models import Document, Order, Rate
from bebeli.sellers.models import Seller
from tests import world
from tests.vouchers import making

pytestmark = pytest.mark.django_db


def paid(stall: Seller | None = None) -> Order:
    return world.orders_of(world.paid(world.user(), (world.variant(stall), 2)))[0]


def completed(stall: Seller) -> Order:
    order = paid(stall)
    accept(order.pk, world.owner(stall))
    ship(order.pk, world.owner(stall), "sendiri", "")
    return receive(order.pk, order.purchase.buyer_id)


def test_a_paid_order_gets_invoice_and_receipt_once() -> None:
    order = paid()
    invoice, receipt = issue_documents(order.pk)
    year = clock.today().year
    assert invoice.code == f"INV-{year}-{order.seller_id:04d}-000001"
    assert receipt.printed_code == f"KWT/{year}/{order.seller_id:04d}/000001"
    assert (invoice.amount, receipt.amount) == (order.total, order.paid_by_buyer)
    assert invoice.content["lines"][0]["quantity"] == 2
    assert invoice.content["total"] == order.total
    assert codes.digest(invoice.body) == invoice.sha256
    assert invoice.is_genuine
    assert issue_documents(order.pk) == []
    assert Document.objects.count() == 2
    assert books.check() == []


def test_an_unpaid_order_gets_nothing() -> None:
    order = world.orders_of(world.placed(world.user(), (world.variant(), 1)))[0]
    assert issue_documents(order.pk) == []
    assert Document.objects.count() == 0


def test_numbers_run_per_seller_and_year() -> None:
    first, second = world.seller(), world.seller()
    for stall in (first, first, second):
        paid(stall)
    assert documents.issue_due() == 3
    assert documents.issue_due() == 0
    with clock.standing_at(datetime(2031, 12, 31, 17, 30, tzinfo=UTC)):  # 00.30 WIB of the new year
        later = paid(first)
        issue_documents(later.pk)
    invoices = Document.objects.filter(kind="invoice").order_by("pk")
    assert list(invoices.values_list("seller", "number", "year"))[:3] == [
        (first.pk, 1, clock.today().year),
        (first.pk, 2, clock.today().year),
        (second.pk, 1, clock.today().year),
    ]
    assert invoices.get(order=later).code == f"INV-2032-{first.pk:04d}-000001"
    assert books.check() == []


def test_a_fallen_order_s_invoice_is_taken_back() -> None:
    order = paid()
    invoice, _receipt = issue_documents(order.pk)
    reject(order.pk, world.owner(order.seller), "habis")
    (note,) = issue_documents(order.pk)
    assert (note.kind, note.cancels_id, note.amount) == ("credit_note", invoice.pk, invoice.amount)
    assert note.content["reason"] == "habis"
    assert note.content["refund"] == {"amount": order.paid_by_buyer, "service_fee": 0}
    assert note.content["cancels"] == invoice.printed_code
    assert Document.objects.whole().get(pk=invoice.pk).canceller == note
    assert issue_documents(order.pk) == []
    assert books.check() == []


def test_an_order_that_fell_before_its_invoice_gets_all_three() -> None:
    order = paid()
    reject(order.pk, world.owner(order.seller), "habis")
    assert [one.kind for one in issue_documents(order.pk)] == ["invoice", "receipt", "credit_note"]
    assert books.check() == []


def test_a_changed_invoice_is_cancelled_and_written_anew() -> None:
    order, officer = paid(), world.finance()
    old, _receipt = issue_documents(order.pk)
    Seller.objects.filter(pk=order.seller_id).update(nib="1234567890123")
    new = replace_invoice(old.pk, officer.pk, " NIB belum tercetak ")
    assert (new.number, new.replaces_id, new.issued_by_id) == (2, old.pk, officer.pk)
    assert (old.content["seller"]["nib"], new.content["seller"]["nib"]) == ("", "1234567890123")
    note = Document.objects.get(kind="credit_note")
    assert (note.cancels_id, note.content["reason"], note.content["refund"]) == (old.pk, "NIB belum tercetak", None)
    assert books.check() == []
    reject(order.pk, world.owner(order.seller), "habis")
    assert [one.cancels_id for one in issue_documents(order.pk)] == [new.pk]
    assert books.check() == []


def test_an_invoice_of_which_a_part_went_back_is_not_credited_twice() -> None:
    order, officer = paid(), world.finance()
    invoice, _receipt = issue_documents(order.pk)
    accept(order.pk, world.owner(order.seller))
    line = order.lines.get()
    short(order.pk, world.owner(order.seller), Missing(line.pk, 1, 2, LOST, "pecah"))
    (note,) = issue_documents(order.pk)
    with pytest.raises(Refused) as refusal:
        replace_invoice(invoice.pk, officer.pk, "salah")
    assert refusal.value.code == "part_credited"
    assert note.printed_code in str(refusal.value)
    assert Document.objects.count() == 3
    assert books.check() == []
    with transaction.atomic():
        book = numbering.open_book(Locks(), order.seller_id, ["invoice", "credit_note"])
        numbering.credit(book, invoice, order, compose.seller_part(order.seller))
        book.write("invoice", {}, amount=order.total, order=order, replaces=invoice)
    (found,) = books.check()
    assert (found.code, found.key) == ("I34", invoice.code)


def test_only_a_standing_invoice_is_replaced_and_with_a_reason() -> None:
    order, officer = paid(), world.finance()
    old, receipt = issue_documents(order.pk)
    with pytest.raises(InvalidInput):
        replace_invoice(old.pk, officer.pk, "  ")
    replace_invoice(old.pk, officer.pk, "salah")
    for document in (old, receipt):
        with pytest.raises(Refused) as refusal:
            replace_invoice(document.pk, officer.pk, "salah")
        assert refusal.value.code == "not_standing"
    assert Document.objects.count() == 4


def test_a_statement_is_the_month_in_the_books() -> None:
    for kind, value in (("commission", 500), ("vat", 1100), ("income_tax", 50), ("pmk37", 1)):
        Rate.objects.create(kind=kind, value=value, valid_from=date(2026, 1, 1))
    stall = world.seller()
    with clock.standing_at(datetime(2031, 3, 31, 16, 59, tzinfo=UTC)):  # 23.59 WIB
        first, second = completed(stall), completed(stall)
    with clock.standing_at(datetime(2031, 3, 31, 17, 1, tzinfo=UTC)):  # 00.01 WIB of April
        completed(stall)
        assert documents.issue_statements_due() == 0  # March may still be on its way into the books
    with clock.standing_at(datetime(2031, 3, 31, 18, 30, tzinfo=UTC)):
        assert documents.issue_statements_due() == 1
        assert documents.issue_statements_due() == 0
        documents.issue_due()
        found = Document.objects.get(kind="statement")
        assert issue_statement(stall.pk, date(2031, 3, 1)) == found
        assert {found.code for found in books.check()} == {"I26"}  # notices sleep here
    body = found.content
    assert [row["order"] for row in body["orders"]] == [first.code, second.code]
    fee = first.commission + first.commission_vat
    net = first.total - fee - first.income_tax
    assert fee > 0 < first.income_tax
    assert body["orders"][0]["net"] == net
    assert body["totals"] == {
        "price": 2 * first.total,
        "discount": 0,
        "returned": 0,
        "goods": 2 * first.goods_total,
        "shipping": 2 * first.shipping_price,
        "total": 2 * first.total,
        "fee": 2 * fee,
        "tax": 2 * first.income_tax,
        "courier": 0,
        "net": 2 * net,
    }
    assert found.amount == 2 * net


def test_a_statement_adds_up_from_price_to_what_is_the_sellers() -> None:
    world.rates_today(commission=500, vat=1100, income_tax=50, pmk37=1)
    stall = world.seller()
    made = making.own(stall, kind="percent", percent_bp=1_000, ceiling=50_000)
    order = world.orders_of(world.paid(world.user(), (world.variant(stall, price=60_000), 3), voucher=made.code))[0]
    accept(order.pk, world.owner(stall))
    line = order.lines.get()
    short(order.pk, world.owner(stall), Missing(line.pk, 1, 3, LOST, "pecah"))
    ship(order.pk, world.owner(stall), "JNE", "RESI12345")
    order = receive(order.pk, order.purchase.buyer_id or 0)
    found = issue_statement(stall.pk, clock.today().replace(day=1))
    sheet = sheet_of(found)
    price, *taken, net = (int(re.sub(r"\D", "", cell)) for cell in sheet.rows[0][1:])
    assert (price, taken[:2]) == (180_000 + order.shipping_price, [18_000, 54_000])
    assert price - sum(taken) == net == found.amount == balance.earning_of(order).net
    assert len(sheet.columns) == len(taken) + 3
    client = Client()
    client.force_login(User.objects.get(pk=world.owner(stall)))
    said = client.get(f"/dokumen/{found.code}/?bentuk=csv").content.decode("utf-8-sig").splitlines()
    assert said[1].endswith(",".join(str(amount) for amount in (price, *taken, net)))
    assert said[2] == "Jumlah,," + ",".join(str(amount) for amount in (price, *taken, net))
    assert client.get(f"/dokumen/{found.code}/?bentuk=xlsx").content[:2] == b"PK"
    assert "potongan Rp18.000 − kembali Rp54.000 − biaya" in client.get("/penjual/saldo/").content.decode()


def test_a_document_never_changes_and_never_goes() -> None:
    invoice, _receipt = issue_documents(paid().pk)
    for statement in ("UPDATE orders_document SET amount = 1", "DELETE FROM orders_document"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Document.objects.get(pk=invoice.pk).body == json.dumps(
        invoice.content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def test_the_books_miss_what_was_not_put_on_paper_within_an_hour() -> None:
    order = paid()
    with clock.moved(timedelta(minutes=59)):
        assert "I34" not in {found.code for found in books.check()}
    with clock.moved(timedelta(minutes=61)):
        assert "I34" in {found.code for found in books.check()}
    issue_documents(order.pk)
    with clock.moved(timedelta(minutes=61)):
        assert "I34" not in {found.code for found in books.check()}
