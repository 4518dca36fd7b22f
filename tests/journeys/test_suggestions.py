"""Somebody types half a word, walks the suggestions by keyboard, and lands where the row says; also without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest

from tests.running import Running

pytestmark = pytest.mark.e2e

PHONE = {"width": 360, "height": 740}
FIELD = "form[data-search] input[type=search]"


def begun(browser: Any, shop: Running, text: str) -> Any:
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(f"{shop.web}/")
    page.click(FIELD)
    page.locator(FIELD).press_sequentially(text, delay=30)
    return page


def typed(browser: Any, shop: Running, text: str) -> Any:
    page = begun(browser, shop, text)
    page.wait_for_selector("#saran:not([hidden]) [role=option]")
    return page


def test_arrows_choose_escape_closes_and_enter_goes(browser: Any, shop: Running) -> None:
    page = typed(browser, shop, "kerip")
    field = page.locator(FIELD)
    assert field.get_attribute("role") == "combobox"
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == "saran-1"
    assert page.get_attribute("#saran-1", "aria-selected") == "true"
    assert page.get_attribute("#saran-0", "aria-selected") == "false"
    field.press("Escape")
    assert page.is_hidden("#saran")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.get_attribute("aria-activedescendant") is None
    assert field.input_value() == "kerip"
    field.press("ArrowUp")
    last = page.locator("#saran [role=option]").last
    assert last.get_attribute("aria-selected") == "true"
    wanted = last.get_attribute("data-href")
    field.press("Enter")
    page.wait_for_url(f"{shop.web}{wanted}")


def test_enter_without_a_choice_searches_what_was_typed(browser: Any, shop: Running) -> None:
    page = begun(browser, shop, "kopi robsta")
    page.press(FIELD, "Enter")
    page.wait_for_url(f"{shop.web}/cari/?q=kopi+robsta")
    assert page.is_visible("text=Maksud Anda:")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_row_can_be_tapped(browser: Any, shop: Running) -> None:
    page = typed(browser, shop, "talas")
    row = page.locator("#saran [data-href^='/produk/']").first
    wanted = row.get_attribute("data-href")
    row.click()
    page.wait_for_url(f"{shop.web}{wanted}")


def test_without_javascript_the_form_is_a_form(browser: Any, shop: Running) -> None:
    page = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(f"{shop.web}/")
    page.fill(FIELD, "kripik talas")
    page.press(FIELD, "Enter")
    page.wait_for_url(f"{shop.web}/cari/?q=kripik+talas")
    assert page.is_visible("text=Keripik Talas")
