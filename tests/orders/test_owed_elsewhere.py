"""A payout that arrived after it was given back, as the provider's messages, the bank, a statement and the desk meet it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from bebeli.kit import clock
from bebeli.orders import books
from bebeli.orders.actions.fail_payout import fail_payout
from bebeli.orders.actions.issue_statement import issue_statement
from bebeli.orders.actions.settle_payout import settle_payout
from bebeli.orders.actions.take_payout import take_payout
from bebeli.orders.documents import months
from bebeli.orders.flows import documents, matching
from bebeli.orders.flows import payout as flow
from bebeli.orders.models import Entry, Payout, ReportLine
from tests import payees, world
from tests.conftest import Provider
from tests.orders.test_owe_payout import arrived, owed
from tests.orders.test_payout import sent, truth
from tests.orders.test_payout_flow import knobs, message, notify
from tests.orders.test_payout_pages import desk_of
from tests.orders.test_reconciliation import loaded

pytestmark = pytest.mark.django_db


def test_one_that_a_person_gave_up_is_known_by_its_note(provider: Provider) -> None:
    """Its number was never told: the message that names it is the first that speaks of it."""
    ready = payees.approved(payees.payout())
    knobs(provider, ready, lose_reply=True)
    assert flow.send(ready.pk) == "unknown"
    officer = world.finance().pk
    with clock.moved(timedelta(hours=25)):
        take_payout(ready.pk, officer)
        fail_payout(ready.pk, officer, "bank menyatakan tidak ada")
    row = provider.server.payouts.rows[next(iter(provider.server.payouts.rows))]
    provider.server.payouts.move(row["reference_no"], "completed")
    ready.refresh_from_db()
    assert ready.reference_no == ""
    said = message(Payout(reference_no=row["reference_no"], amount=ready.amount), "completed")
    assert notify(said) == 200
    assert flow.sweep_callbacks() == 1
    ready.refresh_from_db()
    assert (ready.state, ready.reference_no, ready.is_ours_to_owe) == ("failed", row["reference_no"], True)


def test_the_bank_says_each_time_it_left_and_came_back() -> None:
    boss = world.finance()
    payout = sent()
    settle_payout(payout.pk, truth(payout, "completed"))
    for status in ("failed", "completed"):  # bounced, then arrived
        settle_payout(payout.pk, truth(payout, status))
    day, amount = clock.today(), payout.amount
    rows = ("A", -amount), ("B", amount), ("C", -amount), ("D", amount)
    text = "".join(f"{day},{word} {payout.key},{change}\n" for word, change in rows)
    loaded(boss, f"date,description,amount\n{text}", "bank")

    def said() -> list[tuple[bool, int]]:
        return list(ReportLine.objects.order_by("pk").values_list("is_matched", "turn"))

    assert said() == [(True, 0), (True, 0), (False, 0), (False, 0)]
    owed(Payout.objects.get(pk=payout.pk))
    lines = list(ReportLine.objects.order_by("pk"))
    assert [matching.again(line.pk) for line in lines[2:]] == [True, False]
    settle_payout(payout.pk, truth(payout, "failed"))
    assert matching.again(lines[3].pk)
    assert said() == [(True, 0), (True, 0), (True, 1), (True, 1)]
    assert books.check() == []
    ReportLine.objects.filter(pk=lines[2].pk).update(turn=2)
    assert "I47" in {found.code for found in books.check()}


def test_a_failed_one_that_left_is_matched_only_once_booked() -> None:
    payout = arrived()
    loaded(world.finance(), f"date,description,amount\n{clock.today()},TRF {payout.key},{-payout.amount}\n", "bank")
    line = ReportLine.objects.get()
    assert not line.is_matched
    owed(payout)
    assert matching.again(line.pk)
    assert books.check() == []


def test_a_statement_speaks_of_it_and_calls_it_no_claim() -> None:
    payout = arrived()
    payees.payout(payout.seller, amount=150_000)
    owed(payout)
    month = timezone.localdate().replace(day=1)
    with clock.moved(timedelta(days=40)):
        found = issue_statement(payout.seller_id, month)
        body = found.content
        assert (body["claims"], body["settled"], body["twice"]) == (0, 0, 200_000)
        assert [label for label, *_rest, amount in months.table_of(found)[1] if amount == -200_000] == [
            "Pencairan yang ternyata sudah masuk rekening Anda"
        ]
        documents.issue_statements_due()
        assert "I37" not in {found.code for found in books.check()}
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE orders_entry DISABLE TRIGGER USER")
            cursor.execute("UPDATE orders_entry SET at = at + interval '40 days' WHERE kind = 'payout_owed'")
        assert "I37" in {found.code for found in books.check()}


def test_the_desk_asks_for_the_second_factor_and_shows_it_first() -> None:
    payout, officer = arrived(), world.finance()
    client, stale = desk_of(officer.pk, "mfa"), desk_of(officer.pk, "password")
    assert "Masuk setelah dikembalikan" in client.get("/keuangan/payout/").content.decode()
    case = f"/keuangan/payout/{payout.pk}"
    client.post(f"{case}/ambil/")
    page = client.get(f"{case}/").content.decode()
    assert "Bukukan Rp200.000 sudah masuk" in page
    assert stale.post(f"{case}/bukukan/").headers["Location"].startswith("/akun/kode/lagi/")
    assert not Entry.objects.filter(kind="payout_owed").exists()
    assert client.post(f"{case}/bukukan/").status_code == 302
    assert Entry.objects.filter(kind="payout_owed").exists()
    page = client.get(f"{case}/").content.decode()
    assert "Diambil dari saldo" in page
    assert "Bukukan Rp200.000" not in page
    assert "Masuk setelah dikembalikan" not in client.get("/keuangan/payout/").content.decode()
