"""Lists beside the main one of a page are paged too: tax letters, the bank's files, a stall's orders under way."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from bebeli.accounts.models import User
from bebeli.orders.actions.batch_payouts import batch_payouts
from bebeli.orders.models import Payout
from bebeli.orders.views import balance, payouts, rates
from tests import payees, world
from tests.orders.test_payout_pages import desk_of

pytestmark = pytest.mark.django_db


def following(page: str, name: str) -> str:
    """Where the link to the next page leads."""
    found = re.search(rf'rel="next" href="([^"]*{name}=[^"]*)"', page)
    assert found
    return html.unescape(found[1])


def both(client: Client, address: str, name: str) -> tuple[str, str]:
    """A page and the next one of one of its lists."""
    first = client.get(address).content.decode()
    return first, client.get(f"{address.split('?', maxsplit=1)[0]}{following(first, name)}").content.decode()


def test_tax_letters_are_paged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "LETTERS", 1)
    boss = world.finance()
    numbers = [world.letter(world.seller(), boss).number for _number in range(2)]
    pages = both(desk_of(boss.pk), "/keuangan/tarif/", "surat")
    assert [[number in page for number in numbers] for page in pages] == [[True, False], [False, True]]


def test_the_banks_files_are_paged_and_each_keeps_all_its_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payouts, "FILES", 1)
    officer = world.finance().pk
    for _number in range(2):
        payees.approved(payees.payout(bank="111"))
        batch_payouts(officer)
    names = sorted(set(Payout.objects.values_list("batch", flat=True)))
    pages = both(desk_of(officer), "/keuangan/payout/", "berkas")
    assert [[f"{name}.csv" in page for name in names] for page in pages] == [[True, False], [False, True]]
    assert "#berkas" in following(pages[0], "berkas")


def test_orders_under_way_are_paged_those_that_end_first_before_those_without_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(balance, "ROWS", 1)
    stall, buyer = world.seller(), world.user()
    codes = [world.orders_of(world.paid(buyer, (world.variant(stall), 1)))[0].code for _number in range(2)]
    client = desk_of(User.objects.get(pk=world.owner(stall)).pk)
    pages = both(client, f"/penjual/saldo/?toko={stall.slug}", "datang")
    assert [[code in page for code in codes] for page in pages] == [[True, False], [False, True]]
    assert f"toko={stall.slug}" in following(pages[0], "datang")
