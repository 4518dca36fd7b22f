"""The chain of seals: what is ready, who may seal, and that nothing in it can be changed; the runs and their alarm."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from bebeli.kit import clock
from bebeli.notices.models import Notice
from bebeli.orders import books, chain
from bebeli.orders.actions.record_books_run import record_books_run
from bebeli.orders.actions.seal_entries import seal_entries
from bebeli.orders.books import Violation
from bebeli.orders.flows import bookkeeping
from bebeli.orders.invariants import ALL, types
from bebeli.orders.models import BooksRun, Entry, EntrySeal
from bebeli.orders.tasks import say_head
from tests import world

pytestmark = pytest.mark.django_db


def test_nothing_is_sealed_while_its_transaction_may_still_run() -> None:
    world.paid(world.user(), (world.variant(), 1))
    assert Entry.objects.exists()
    assert seal_entries() == 0


def test_a_seal_is_its_content_after_the_one_before() -> None:
    world.paid(world.user(), (world.variant(), 1))
    world.seal()
    seal = EntrySeal.objects.get()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {chain.CONTENT} FROM orders_entry e")
        content = cursor.fetchone()[0]
    assert seal.hash == chain.digest("", content) == chain.head()
    assert content.startswith(f"{seal.entry_id}|settled|")


def test_a_seal_is_neither_changed_nor_taken_away() -> None:
    world.paid(world.user(), (world.variant(), 1))
    world.seal()
    for statement in ("UPDATE orders_entryseal SET prev = 'x'", "DELETE FROM orders_entryseal"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_two_seals_cannot_follow_the_same_one() -> None:
    world.paid(world.user(), (world.variant(), 1))
    world.seal()
    world.paid(world.user(), (world.variant(), 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        EntrySeal.objects.create(entry=Entry.objects.latest("pk"), prev="", hash="f" * 64)


def test_an_old_entry_that_was_changed_is_named_within_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    world.paid(world.user(), (world.variant(), 1))
    world.paid(world.user(), (world.variant(), 1))
    world.seal()
    monkeypatch.setattr(books, "NEWEST", 1)
    monkeypatch.setattr(types, "BEFORE", 0)
    oldest = EntrySeal.objects.order_by("pk").first()
    assert oldest is not None
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE orders_posting DISABLE TRIGGER USER")
        cursor.execute("UPDATE orders_posting SET amount = amount * 2 WHERE entry_id = %s", [oldest.entry_id])
    named = [_names(minutes, "I41", oldest.entry.idem_key) for minutes in range(0, 1440, 10)]
    assert sum(named) == 1
    assert oldest.entry.idem_key in {found.key for found in books.check(is_whole=True) if found.code == "I41"}


@pytest.mark.parametrize(
    ("code", "table", "statement"),
    [
        ("I18", "catalog_stockmovement", "DELETE FROM catalog_stockmovement WHERE kind = 'sale'"),
        ("I27", "notices_notice", "DELETE FROM notices_notice WHERE kind = 'orders.new'"),
    ],
)
def test_an_order_of_old_is_looked_at_once_a_day(code: str, table: str, statement: str, monkeypatch: pytest.MonkeyPatch) -> None:
    world.paid(world.user(), (world.variant(), 1))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
    (found,) = [found.key for found in books.check() if found.code == code]
    monkeypatch.setattr(books, "NEWEST", 0)
    monkeypatch.setattr(types, "BEFORE", 0)
    assert sum(_names(minutes, code, found) for minutes in range(1450, 2890, 10)) == 1
    with clock.moved(timedelta(days=9)):
        assert found in {violation.key for violation in books.check(is_whole=True) if violation.code == code}


def _names(minutes: int, code: str, wanted: str) -> bool:
    rule = next(rule for rule in ALL if rule.code == code)
    with clock.moved(timedelta(minutes=minutes)), connection.cursor() as cursor:
        cursor.execute(rule.sql, books._values(cursor, is_whole=False))  # noqa: SLF001  what one check compares
        return wanted in {key for key, _words in cursor.fetchall()}


def test_a_run_is_written_down_with_the_head() -> None:
    world.paid(world.user(), (world.variant(), 1))
    world.seal()
    run = bookkeeping.check_now()
    assert (run.is_right, run.entries, run.head) == (True, 1, chain.head())
    say_head()


def test_finance_is_told_once_of_each_new_violation() -> None:
    boss = world.finance()
    first, second = Violation("I26", "a", "late"), Violation("I14", "b", "1 is not 2")
    told = []
    for found in ([first], [first], [first, second], [second], [], [first]):
        record_books_run(found, 5)
        told.append(Notice.objects.filter(kind="orders.books_wrong", user=boss).values("ref").distinct().count())
    assert told == [1, 1, 2, 2, 2, 3]


def test_the_page_shows_every_check_and_what_is_wrong(client: Client) -> None:
    boss = world.finance()
    client.force_login(boss)
    assert "belum pernah diperiksa" in client.get("/keuangan/buku/").content.decode()
    assert client.post("/keuangan/buku/periksa/").status_code == 302
    page = client.get("/keuangan/buku/").content.decode()
    assert page.count("badge-success") == len(ALL)
    record_books_run([Violation("I14", "SKU-1", "1 is not 2")], 7)
    page = client.get("/keuangan/buku/").content.decode()
    assert page.count("badge-error") == 1
    assert "SKU-1" in page
    assert "Buku tidak cocok" in client.get("/keuangan/").content.decode()
    client.force_login(world.auditor())
    assert "Periksa sekarang" not in client.get("/keuangan/buku/").content.decode()
    assert client.post("/keuangan/buku/periksa/").status_code == 404
    assert BooksRun.objects.count() == 2
