"""Money that left a payment at the provider without us: what the books name, and finance's page of it."""

from __future__ import annotations

import pytest
from django.db import connection

from bebeli.orders import books
from bebeli.orders.actions.book_outside import book_outside
from bebeli.orders.actions.cancel_order import cancel_order
from bebeli.orders.actions.leave_unplaced import leave_unplaced
from bebeli.orders.models import OutsideRefund, Refund
from tests import world
from tests.conftest import Provider
from tests.orders.test_outside import WHY, at_dashboard, bought
from tests.orders.test_payout_pages import desk_of
from tests.orders.test_suspicion import balances

pytestmark = pytest.mark.django_db

CORRUPTIONS = {
    "I69": (
        "UPDATE orders_outsiderefund SET unplaced = unplaced - 1 WHERE unplaced > 0",
        "UPDATE orders_outsiderefund SET amount = amount + 1 WHERE state = 'placed'",
        "UPDATE orders_outsiderefund SET amount = amount - 1 WHERE state = 'placed' AND unplaced = 0",
        "UPDATE orders_refund SET outside_id = NULL",
        "UPDATE orders_refund SET channel = 'bank' WHERE outside_id IS NOT NULL",
        "UPDATE orders_entry SET idem_key = 'other' WHERE kind = 'outside_unplaced'",
    ),
    "I70": ("UPDATE orders_outsiderefund SET found_at = found_at - interval '4 days' WHERE state = 'open'",),
}


@pytest.mark.parametrize(("code", "statement"), [(code, text) for code, texts in CORRUPTIONS.items() for text in texts])
def test_a_corruption_is_named(provider: Provider, code: str, statement: str) -> None:
    officer, purchase = world.finance(), bought(provider, 40_000)
    book_outside(at_dashboard(provider, purchase, 5_000).pk, world.orders_of(purchase)[0].pk, officer.pk, WHY)
    leave_unplaced(at_dashboard(provider, purchase, 6_000).pk, officer.pk, WHY)
    at_dashboard(provider, purchase, 7_000)
    assert books.check() == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE orders_entry DISABLE TRIGGER USER")
        cursor.execute(statement)
        assert cursor.rowcount > 0
    assert code in {violation.code for violation in books.check()}


def test_finance_sees_it_and_places_it_from_its_page(provider: Provider) -> None:
    purchase = bought(provider, 50_000, 30_000)
    first, second = world.orders_of(purchase)
    cancel_order(first.pk, purchase.buyer_id, "")
    case, browser = at_dashboard(provider, purchase), desk_of(world.finance().pk, "mfa")
    here = f"/keuangan/luar/{case.pk}/"
    assert here in browser.get("/keuangan/").content.decode()
    page = browser.get(here).content.decode()
    assert ("Pengembalian yang mana ini?" in page, "Untuk pesanan yang mana?" in page) == (True, False)
    assert browser.post(f"{here}cocok/", {"pengembalian": "0"}).status_code == 302
    browser.post(f"{here}cocok/", {"pengembalian": Refund.objects.get().pk})
    assert "Untuk pesanan yang mana?" in browser.get(here).content.decode()
    assert browser.post(f"{here}bukukan/", {"pesanan": second.pk, "alasan": ""}).status_code == 422
    browser.post(f"{here}bukukan/", {"pesanan": second.pk, "alasan": WHY})
    page = browser.get(here).content.decode()
    assert ("Sudah dibukukan" in page, "<form method" in page.split("</header>")[-1].split("<footer")[0]) == (True, False)
    assert (balances(), books.check()) == ({}, [])


def test_without_the_second_factor_nothing_is_placed(provider: Provider) -> None:
    purchase = bought(provider, 50_000)
    case, browser = at_dashboard(provider, purchase, 9_000), desk_of(world.finance().pk, "password")
    answer = browser.post(f"/keuangan/luar/{case.pk}/lepaskan/", {"alasan": WHY})
    assert (answer["Location"].startswith("/akun/kode/lagi/"), OutsideRefund.objects.get().state) == (True, "open")
