"""A seller's month on paper: what went back after completion, and debts that the balance paid off."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from openpyxl import load_workbook

from bebeli.accounts.models import User
from bebeli.kit import clock
from bebeli.kit.money import rupiah
from bebeli.orders import books, ledger
from bebeli.orders.actions.issue_statement import issue_statement
from bebeli.orders.documents.pdf import render
from bebeli.orders.documents.sheet import sheet_of
from bebeli.orders.models import Document
from bebeli.orders.parting import Part
from tests import payees, world
from tests.orders.test_document_pages import words
from tests.orders.test_worked_example import Example

pytestmark = pytest.mark.django_db

BACK, SETTLED = "Dikembalikan kepada pembeli sesudah selesai", "Utang yang dilunasi dari saldo"


def shown_everywhere(found: Document) -> list[tuple[str, int]]:
    """What stands below the sums, after it was seen to be the same on screen, in the PDF, as CSV and as XLSX."""
    client = Client()
    client.force_login(User.objects.get(pk=world.owner(found.seller)))
    address = f"/dokumen/{found.code}/"
    book = load_workbook(io.BytesIO(client.get(f"{address}?bentuk=xlsx").content)).worksheets[0]
    lines = [(row[0], row[-1]) for row in book.iter_rows(values_only=True)]
    below = [(str(label), int(amount)) for label, amount in lines[lines.index(("Jumlah", found.amount)) + 1 :]]
    written = client.get(f"{address}?bentuk=csv").content.decode("utf-8-sig").splitlines()
    page, paper = client.get(address).content.decode(), words(render([sheet_of(found)]))
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
