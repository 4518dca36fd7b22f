"""A seller's month on paper: what went back after completion, and debts that the balance paid off."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from openpyxl import load_workbook

from bebeli.accounts import tokens
from bebeli.accounts.models import User
from bebeli.kit import clock
from bebeli.kit.amount_words import in_indonesian
from bebeli.kit.money import rupiah
from bebeli.orders import balance, books, ledger
from bebeli.orders.actions.export_documents import ask_export
from bebeli.orders.actions.issue_documents import issue_documents
from bebeli.orders.actions.issue_statement import issue_statement
from bebeli.orders.documents.press import as_pdf
from bebeli.orders.documents.sheet import sheet_of
from bebeli.orders.models import Document, Order
from bebeli.orders.parting import Part
from bebeli.sellers.models import Membership
from tests import payees, world
from tests.orders.test_document_pages import words
from tests.orders.test_worked_example import Example

pytestmark = pytest.mark.django_db

BACK, SETTLED = "Dikembalikan kepada pembeli sesudah selesai", "Utang yang dilunasi dari saldo"


def shown_everywhere(found: Document) -> list[tuple[str, int]]:
    """What stands below the sums, after it was seen to be the same on screen, in the PDF, as CSV and as XLSX."""
    client = Client()
    assert found.seller is not None
    client.force_login(User.objects.get(pk=world.owner(found.seller)))
    address = f"/dokumen/{found.code}/"
    book = load_workbook(io.BytesIO(client.get(f"{address}?bentuk=xlsx").content)).worksheets[0]
    lines = [(row[0], row[-1]) for row in book.iter_rows(values_only=True)]
    below = [(str(label), int(amount)) for label, amount in lines[lines.index(("Jumlah", found.amount)) + 1 :]]
    written = client.get(f"{address}?bentuk=csv").content.decode("utf-8-sig").splitlines()
    page, paper = client.get(address).content.decode(), words(as_pdf([sheet_of(found)]))
    for label in (BACK, SETTLED):
        amounts = [amount for said, amount in below if said == label]
        for other in (page, paper, "\n".join(written)):
            assert other.count(label) == len(amounts)
        for amount in amounts:
            assert (
                f'<dt class="min-w-0 break-words">{label}</dt><dd class="money whitespace-nowrap">{rupiah(amount)}</dd>' in page
            )
            assert f"{label}\n{rupiah(amount)}" in paper
            assert any(line.startswith(label) and line.endswith(f",{amount}") for line in written)
    return below


@pytest.mark.parametrize(("payout_at", "months"), [
    (datetime(2031, 11, 25, 5, tzinfo=UTC), {date(2031, 11, 1): [(BACK, -28_185), (SETTLED, 28_185)]}),
    (datetime(2031, 12, 5, 5, tzinfo=UTC), {date(2031, 11, 1): [(BACK, -28_185)], date(2031, 12, 1): [(SETTLED, 28_185)]}),
])  # fmt: skip
def test_a_debt_is_counted_when_it_arises_and_told_when_it_is_settled(
    payout_at: datetime, months: dict[date, list[tuple[str, int]]]
) -> None:
    with clock.standing_at(datetime(2031, 11, 10, 5, tzinfo=UTC)):
        shop = Example()
        shop.pay()
        shop.complete(shop.a)
        shop.pay_out(shop.a)
        shop.part(shop.a, [Part(shop.a.lines.get().pk, face=30_000)])
        assert ledger.debt_of(shop.a.seller_id) == 28_185
    with clock.standing_at(payout_at):
        payees.payout(payees.earned(shop.a.seller))
        assert ledger.debt_of(shop.a.seller_id) == 0
    with clock.standing_at(datetime(2032, 1, 1, 5, tzinfo=UTC)):
        for month, lines in months.items():
            found = issue_statement(shop.a.seller_id, month)
            assert shown_everywhere(found) == lines
        assert "I37" not in {violation.code for violation in books.check()}


def test_a_month_that_ends_below_zero_is_issued_and_right() -> None:
    with clock.standing_at(datetime(2031, 11, 10, 5, tzinfo=UTC)):
        shop = Example()
        shop.pay()
        shop.part(shop.a, [Part(face=185_000)], shipping=15_000)
        shop.complete(shop.a)
        net = balance.earning_of(Order.objects.get(pk=shop.a.pk)).net
        assert net < 0
        assert ledger.debt_of(shop.a.seller_id) == -net
    with clock.standing_at(datetime(2032, 1, 1, 5, tzinfo=UTC)):
        found = issue_statement(shop.a.seller_id, date(2031, 11, 1))
        assert (found.amount, found.content["claims"]) == (net, 0)
        assert shown_everywhere(found) == []
        assert "I37" not in {violation.code for violation in books.check()}
    assert f"minus {in_indonesian(-net)}" in words(as_pdf([sheet_of(found)]))


def test_a_month_is_its_owners_and_an_invoice_is_the_staffs_too() -> None:
    stall, clerk = payees.earned(world.seller()), world.user()
    Membership.objects.create(seller=stall, user=clerk, role="staff")
    invoice, month = issue_documents(stall.orders.get().pk)[0], clock.today().replace(day=1)
    found = issue_statement(stall.pk, month)
    wanted = {world.owner(stall): 200, clerk.pk: 404, world.owner(world.seller()): 404}
    for user_id, status in wanted.items():
        client, user = Client(), User.objects.get(pk=user_id)
        client.force_login(user)
        headers = {"Authorization": f"Bearer {tokens.issue(user)[0]}"}
        for path in (f"/dokumen/{found.code}/", f"/dokumen/{found.code}.pdf", f"/api/v1/documents/{found.code}/pdf/"):
            assert client.get(path, headers=headers).status_code == status
        listed = client.get(f"/api/v1/seller/statements/?seller={stall.slug}", headers=headers)
        assert listed.status_code == status
        if status == 200:
            row = listed.json()["results"][0]
            assert (row["code"], row["month"], row["amount"]) == (found.printed_code, f"{month:%Y-%m-%d}", found.amount)
        assert (found.printed_code in client.get("/penjual/dokumen/").content.decode()) == (status == 200)
        assert (invoice.printed_code in client.get("/penjual/dokumen/").content.decode()) == (user_id in {*list(wanted)[:2]})
    totals = [ask_export(stall.pk, user_id, month).total for user_id in (world.owner(stall), clerk.pk)]
    assert totals[0] - totals[1] == 2  # the statement and the slip of fees


def test_the_api_tells_what_an_order_comes_to_and_what_goes_back() -> None:
    shop = Example()
    shop.pay()
    refund = shop.part(shop.b, [Part(shop.b.lines.get().pk, quantity=1)])
    shop.complete(shop.b)
    client, buyer = Client(), shop.purchase.buyer
    assert buyer is not None
    headers = {"Authorization": f"Bearer {tokens.issue(User.objects.get(pk=world.owner(shop.b.seller)))[0]}"}
    assert client.get(f"/api/v1/seller/orders/{shop.b.code}/", headers=headers).json()["earning"] == {
        "price": 110_000, "discount": 0, "returned": 50_000, "fee": 2_775, "tax": 0, "courier": 0, "net": 57_225,
    }  # fmt: skip
    shop.give_back(refund)
    headers = {"Authorization": f"Bearer {tokens.issue(buyer)[0]}"}
    (told,) = client.get(f"/api/v1/orders/{shop.b.code}/", headers=headers).json()["refunds"]
    assert (told["amount"], told["status"], told["reason"]) == (44_828, "confirmed", "kurang")
    assert told["requested_at"] <= told["confirmed_at"]
