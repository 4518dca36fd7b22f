"""Rows of tabs on the narrowest phone: the current one is in sight, the keyboard reaches all; the books are true at once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.test_three_makers import log_in
from tests.running import Running

pytestmark = pytest.mark.e2e

IN_SIGHT = """
row => {
  const box = row.querySelector("[aria-current]").getBoundingClientRect(), edge = document.documentElement.clientWidth;
  return [box.left >= 0 && box.right <= edge, box.height >= 44, document.documentElement.scrollWidth <= edge];
}
"""
LAST_IN_SIGHT = "row => row.lastElementChild.getBoundingClientRect().right <= document.documentElement.clientWidth"
DESKS = {
    "toko01": ("/penjual/", "/penjual/saldo/"),
    "keuangan": ("/keuangan/", "/keuangan/buku/", "/keuangan/rekonsiliasi/", "/keuangan/payout/"),
}


@pytest.mark.parametrize("who", sorted(DESKS))
def test_tabs_on_a_phone(browser: Any, shop: Running, who: str) -> None:
    page = log_in(browser, shop, who)
    seen = {}
    for address in DESKS[who]:
        page.goto(shop.web + address)
        seen[address] = page.eval_on_selector(".tab-row", IN_SIGHT)
    assert seen == {address: [True, True, True] for address in DESKS[who]}
    page.focus(".tab-row > :first-child")
    for _tab in range(page.locator(".tab-row > *").count() - 1):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.querySelector('.tab-row').lastElementChild")
    assert page.eval_on_selector(".tab-row", LAST_IN_SIGHT)


def test_the_books_are_true_from_the_first_visit(browser: Any, shop: Running) -> None:
    page = log_in(browser, shop, "keuangan")
    page.goto(f"{shop.web}/keuangan/buku/")
    assert "Buku cocok" in page.inner_text("main")
