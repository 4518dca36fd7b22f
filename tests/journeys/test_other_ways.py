"""Buying without JavaScript, by keyboard alone, at 200 %, on a slow line."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.running import Running

pytestmark = pytest.mark.e2e

PRODUCT = "/produk/gabus-pucung-retort-300-g-s01/"
PAY_PAGE = re.compile(r"/pembelian/BB-\w{8}/$")
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 20_000}  # bytes a second
SLOW_SECONDS = 12.0
PATIENCE = 80
OVER_THE_EDGE = """all => all.filter((one) => one.offsetWidth && one.getBoundingClientRect().right > innerWidth + 1
    && !one.closest(".slide-row, [data-large]")).length"""


def say_where(page: Any) -> None:
    page.fill("input[name=email]", "tamu-lain@example.com")
    page.fill("input[name=recipient]", "Tamu Lain")
    page.fill("input[name=phone]", "081234567890")


def say_street(page: Any) -> None:
    page.fill("input[name=street]", "Jl. Contoh 7, RT 001/RW 002")


def test_without_javascript(browser: Any, shop: Running) -> None:
    page = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False).new_page()
    page.goto(f"{shop.web}{PRODUCT}")
    page.click("button[name=beli]")
    page.wait_for_url("**/keranjang/")
    page.click("text=Lanjut ke checkout")
    say_where(page)
    for name, label in (("district", "Cikarang Utara"), ("village", "Simpangan")):
        page.select_option(f"select[name={name}]", label=label)
        page.click("button[name=hitung][value=wilayah]")
    say_street(page)
    page.fill("input[name=postal_code]", "17530")
    page.click("button[name=hitung][value='1'] >> visible=true")
    page.check("input[name=bayar][value=bca_va]")
    page.click("button[name=pesan]")
    page.wait_for_url(PAY_PAGE)
    assert re.fullmatch(r"\d{10,20}", page.inner_text("[data-va]").strip())
    shop.pay(f"{page.url.rstrip('/').rpartition('/')[2]}-p1")
    for _try in range(PATIENCE):
        page.wait_for_timeout(500)
        page.reload()
        if page.locator("text=Sudah dibayar").count():
            break
    assert page.locator("text=Sudah dibayar").count()


def press_until(page: Any, selector: str, key: str = "Tab", most: int = 80) -> None:
    for _press in range(most):
        if page.evaluate("selector => document.activeElement && document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press(key)
    message = f"the keyboard never reached {selector}"
    raise AssertionError(message)


def type_into(page: Any, selector: str, text: str) -> None:
    press_until(page, selector)
    page.keyboard.type(text)


POINTED_AT = """selector => {
    const here = document.activeElement;
    return here.matches("option") ? here.label : document.querySelector(selector).selectedOptions[0].label;
}"""


def choose(page: Any, selector: str, wanted: str) -> None:
    """Walk down a list, whether the browser opens it or not, and take what is wanted."""
    press_until(page, selector)
    for _press in range(60):
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(30)
        if page.evaluate(POINTED_AT, selector) == wanted:
            if page.evaluate("document.activeElement.matches('option')"):
                page.keyboard.press("Enter")
            return
    message = f"the keyboard never reached {wanted}"
    raise AssertionError(message)


def test_by_keyboard_alone(browser: Any, shop: Running) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{shop.web}{PRODUCT}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#isi"  # past the header in one step
    page.keyboard.press("Enter")
    press_until(page, "button[name=beli]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#kabar .alert-success")
    page.goto(f"{shop.web}/keranjang/")
    press_until(page, "main a[href='/checkout/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/checkout/")
    type_into(page, "input[name=email]", "papan-ketik@example.com")
    type_into(page, "input[name=recipient]", "Papan Ketik")
    type_into(page, "input[name=phone]", "081234567890")
    choose(page, "select[name=district]", "Cikarang Utara")
    page.wait_for_selector("select[name=village] option:text-is('Simpangan')", state="attached")
    choose(page, "select[name=village]", "Simpangan")
    type_into(page, "input[name=street]", "Jl. Contoh 7")
    press_until(page, "button[name=hitung][value='1']")
    page.keyboard.press("Enter")
    page.wait_for_selector("button[name=pesan]")
    press_until(page, "button[name=pesan]")
    page.keyboard.press("Enter")
    page.wait_for_url(PAY_PAGE)


@pytest.mark.parametrize("address", ["/", "/cari/?q=keripik", PRODUCT, "/keranjang/", "/masuk/"])
def test_at_two_hundred_percent_nothing_is_lost(browser: Any, shop: Running, address: str) -> None:
    page = browser.new_context(viewport={"width": 640, "height": 400}, device_scale_factor=2).new_page()
    page.goto(f"{shop.web}{address}")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    hidden = page.eval_on_selector_all("main a, main button, main input:not([type=hidden])", OVER_THE_EDGE)
    assert hidden == 0


def test_on_a_slow_line_the_shop_can_be_used_soon(browser: Any, shop: Running) -> None:
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    page.goto(f"{shop.web}{PRODUCT}", wait_until="commit", timeout=SLOW_SECONDS * 1000)
    page.wait_for_selector("button[name=beli]", timeout=SLOW_SECONDS * 1000)
    page.click("button[name=beli]")
    page.wait_for_selector("#kabar .alert-success, main section.panel", timeout=SLOW_SECONDS * 1000)
