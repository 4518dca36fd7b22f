"""The books as rows: the trial balance, a ledger, an order's story; screen, CSV and sheet say the same."""

from __future__ import annotations

import csv
import io
import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bebeli.accounts.models import User
from bebeli.kit import clock, moment, sheets
from bebeli.orders import statements, story
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.ship import ship
from bebeli.orders.models import Order, Posting
from tests import world

pytestmark = pytest.mark.django_db


def completed() -> tuple[Order, User]:
    world.rates_today(commission=500, vat=1100, income_tax=50, pmk37=1)
    buyer = world.user()
    order = world.orders_of(world.paid(buyer, (world.variant(price=100_000), 1)))[0]
    maker = world.owner(order.seller)
    accept(order.pk, maker)
    ship(order.pk, maker, "JNE", "RESI12345")
    return receive(order.pk, buyer.pk), buyer


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def bytes_of(response: Any) -> bytes:
    whole: bytes = response.getvalue()  # the same for what is sent whole and in pieces
    return whole


def cells_of(response: object) -> list[list[str]]:
    return list(csv.reader(io.StringIO(bytes_of(response).decode("utf-8-sig"))))


def sheet_of(response: object) -> list[list[str]]:
    book = load_workbook(io.BytesIO(bytes_of(response)))
    return [["" if cell is None else str(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]


def test_the_trial_balance_is_level_and_knows_its_day() -> None:
    order, _buyer = completed()
    rows = {row.kind: (row.debit, row.credit) for row in statements.trial_balance(clock.today())}
    assert rows["commission"] == (0, 5_000)
    assert rows["seller_payable"] == (0, order.total - 5_000 - 550 - 500)
    assert rows["escrow"] == (0, 0)
    assert sum(debit - credit for debit, credit in rows.values()) == 0
    assert statements.trial_balance(clock.today() - timedelta(days=1)) == []


def test_a_ledger_runs_backwards_from_where_the_account_stands() -> None:
    for price in (10_000, 20_000, 30_000):
        world.paid(world.user(), (world.variant(price=price), 1))
    rows = statements.postings("gateway", "", None, clock.today())
    whole = list(rows.order_by("-pk"))
    found = statements.movements(whole, rows)
    assert found[0].balance == Posting.objects.filter(account__kind="gateway").aggregate(total=Sum("amount"))["total"]
    assert found[-1].balance == found[-1].debit
    assert [row.balance - row.debit + row.credit for row in found[:-1]] == [row.balance for row in found[1:]]
    assert statements.movements(whole[1:2], rows) == found[1:2]
    assert statements.movements([], rows) == []


def test_screen_and_files_have_the_same_rows() -> None:
    completed()
    client = browser(world.auditor())
    for path in ("/keuangan/neraca/?", "/keuangan/buku-besar/escrow/?", "/keuangan/buku-besar/seller_payable/?toko=&"):
        page = client.get(path).content.decode()
        as_csv, as_xlsx = cells_of(client.get(f"{path}bentuk=csv")), sheet_of(client.get(f"{path}bentuk=xlsx"))
        assert as_csv == as_xlsx
        shown = re.findall(r'<th class="[^"]*" scope="row">', page.split("<tbody>")[1].split("</tbody>")[0])
        assert len(shown) == len(as_csv) - 1 > 0
    trial = cells_of(client.get("/keuangan/neraca/?bentuk=csv"))
    assert trial[1:] == [[row.name, str(row.debit), str(row.credit)] for row in statements.trial_balance(clock.today())]


def test_a_ledger_is_narrowed_by_days_and_shop_and_paged() -> None:
    order, _buyer = completed()
    for _number in range(51):
        world.paid(world.user(), (world.variant(), 1))
    client = browser(world.finance())
    first = client.get("/keuangan/buku-besar/gateway/").content.decode()
    cursor = re.search(r"cursor=([\w-]+)", first)
    assert cursor
    second = client.get(f"/keuangan/buku-besar/gateway/?cursor={cursor[1]}").content.decode()
    assert second.count('scope="row"') == 2
    assert "Tidak ada gerak" in client.get("/keuangan/buku-besar/gateway/?dari=2999-01-01&sampai=2999-01-02").content.decode()
    assert "Tidak ada gerak" in client.get("/keuangan/buku-besar/seller_payable/?toko=lain").content.decode()
    assert order.code in client.get(f"/keuangan/buku-besar/seller_payable/?toko={order.seller.slug}").content.decode()
    assert client.get("/keuangan/buku-besar/tidak-ada/").status_code == 404
    assert client.get("/keuangan/neraca/?tanggal=kapan").status_code == 200


def test_a_file_holds_every_row_and_a_sheet_that_cannot_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "CHUNK", 2)
    monkeypatch.setattr(sheets, "IN_MEMORY", 100)  # the rest waits on disk
    for _number in range(7):
        world.paid(world.user(), (world.variant(), 1))
    client, where = browser(world.auditor()), "/keuangan/buku-besar/gateway/"
    rows = statements.postings("gateway", "", None, clock.today())
    said = [str(one.balance) for one in statements.movements(list(rows.order_by("-pk")), rows)]
    as_csv = cells_of(client.get(where, {"bentuk": "csv"}))
    assert [row[-1] for row in as_csv[1:]] == said
    monkeypatch.setattr(sheets, "MOST_ROWS", 7)
    assert sheet_of(client.get(where, {"bentuk": "xlsx"})) == as_csv
    monkeypatch.setattr(sheets, "MOST_ROWS", 6)
    answer = client.get(where, {"bentuk": "xlsx", "dari": "2020-01-01"}, follow=True)
    assert "dari=2020-01-01" in answer.redirect_chain[0][0]
    assert "Persempit tanggalnya, atau unduh CSV." in answer.content.decode()
    assert cells_of(client.get(where, {"bentuk": "csv"})) == as_csv


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_file_is_of_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody posts while the file is being read: neither the rows nor the balances see it."""
    monkeypatch.setattr(statements, "CHUNK", 1)
    for _number in range(2):
        world.paid(world.user(), (world.variant(price=20_000), 1))
    rows = statements.postings("gateway", "", None, clock.today())
    with moment.one_moment():
        before = rows.count()
        beside = threading.Thread(target=_pay)
        beside.start()
        beside.join()
        found = list(statements.all_movements(rows, rows))
    assert (before, len(found), found[-1].balance - found[-1].debit) == (2, 2, 0)
    assert rows.count() == 3


def _pay() -> None:
    try:
        world.paid(world.user(), (world.variant(price=20_000), 1))
    finally:
        connection.close()


@given(st.text(max_size=20))
def test_no_cell_begins_a_formula(text: str) -> None:
    said = sheets.plain(text)
    assert not str(said).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert said in {text, f"'{text}"}


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_formula_is_text_in_both_files(evil: str) -> None:
    for made, read in ((sheets.as_csv, cells_of), (sheets.as_xlsx, sheet_of)):
        assert read(made("uji", ["a", "b"], [(evil, 5)]))[1][1] == "5"
    book = load_workbook(io.BytesIO(bytes_of(sheets.as_xlsx("uji", ["a"], [(evil,)]))))
    assert book.worksheets[0]["A2"].data_type != "f"
    assert cells_of(sheets.as_csv("uji", ["a"], [(evil,)]))[1][0].startswith("'")


def test_a_completed_order_told_to_each() -> None:
    order, buyer = completed()
    theirs, ours = story.of_buyer(order), story.of_seller(order)
    assert sum(line.amount for line in theirs) == order.paid_by_buyer
    assert ours[-1].amount == order.total + sum(line.amount for line in ours[1:-1])
    page = browser(buyer).get(f"/pesanan/{order.code}/uang/").content.decode()
    assert "Anda bayar Rp100.000 untuk barangnya." in page
    assert "Komisi" not in page
    maker = User.objects.get(pk=world.owner(order.seller))
    page = browser(maker).get(f"/penjual/pesanan/{order.code}/uang/").content.decode()
    assert "Komisi BEBELI 5 % dari harga barang." in page
    assert "Anda terima" in page
    assert "Anda bayar" not in page
    assert browser(maker).get(f"/pesanan/{order.code}/uang/").status_code == 404
    assert browser(buyer).get(f"/penjual/pesanan/{order.code}/uang/").status_code == 404
    whole = browser(world.auditor()).get(f"/keuangan/pesanan/{order.code}/").content.decode()
    assert f"order:{order.code}:completed" in whole
    assert "Anda bayar" in whole


def test_a_fallen_order_told_to_each() -> None:
    world.rates_today(service_fee=2_000)
    buyer = world.user()
    order = world.orders_of(world.paid(buyer, (world.variant(price=100_000), 1)))[0]
    assert "Anda akan terima" in story.of_seller(order)[-1].words
    reject(order.pk, world.owner(order.seller), "habis")
    order.refresh_from_db()
    refund = order.refunds.get()
    assert story.of_buyer(order)[-1].amount == -(order.paid_by_buyer + 2_000)
    assert "perjalanan kembali" in story.of_buyer(order)[-1].words
    refund.state = "confirmed"
    refund.save()
    assert "termasuk biaya layanan Rp2.000" in story.of_buyer(order)[-1].words
    assert story.of_seller(order)[-1].amount == -order.total


def test_an_unpaid_order_has_no_story() -> None:
    order = world.orders_of(world.placed(world.user(), (world.variant(), 1)))[0]
    assert (story.of_buyer(order), story.of_seller(order)) == ([], [])
