"""A guest finds three things of three makers, registers, pays by VA; the makers ship, the buyer receives."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.running import PASSWORD, Running

pytestmark = pytest.mark.e2e

PHONE = {"width": 360, "height": 740}
THINGS = {
    "toko01": "/produk/gabus-pucung-retort-300-g-s01/",
    "toko03": "/cari/?q=keripik+talas",
    "toko10": "/cari/?q=sambal+bawang",
}


def log_in(browser: Any, shop: Running, who: str) -> Any:
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(f"{shop.web}/masuk/")
    page.fill("input[name=login]", f"{who}@example.com")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url(f"{shop.web}/")
    return page


def until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def balance(page: Any, shop: Running) -> int:
    page.goto(f"{shop.web}/penjual/")
    return int(re.sub(r"\D", "", page.inner_text("[data-balance]")))


def fill_cart(page: Any, shop: Running) -> None:
    for address in THINGS.values():
        page.goto(f"{shop.web}{address}")
        if "/cari/" in address:
            page.click("main article h3 a >> nth=0")
        page.click("button[name=beli]")
        page.wait_for_selector("#kabar .alert-success")
    page.goto(f"{shop.web}/keranjang/")
    assert page.locator("main section.panel").count() == 3


def register(page: Any, shop: Running) -> str:
    email = f"baru-{secrets.token_hex(4)}@example.com"
    page.goto(f"{shop.web}/daftar/?next=/keranjang/")
    page.fill("input[name=name]", "Pembeli Baru")
    page.fill("input[name=email]", email)
    page.fill("input[name=password1]", "rahasia-panjang-sekali")
    page.check("input[name=terms]")
    page.click("main form button")
    letter = shop.mail_to(email, "Kode pendaftaran")
    code = next(line.strip() for line in letter.splitlines() if line.startswith("    "))
    page.fill("input[name=code]", code)
    page.click("main form button")
    page.wait_for_url(f"{shop.web}/keranjang/")
    assert page.locator("main section.panel").count() == 3
    return email


def check_out(page: Any) -> str:
    page.click("text=Lanjut ke checkout")
    page.fill("input[name=recipient]", "Pembeli Baru")
    page.fill("input[name=phone]", "0812 3456 7890")
    page.select_option("select[name=district]", label="Cikarang Utara")
    page.wait_for_selector("select[name=village] option:nth-child(2)", state="attached")
    page.select_option("select[name=village]", label="Simpangan")
    until(lambda: len(page.input_value("input[name=postal_code]")) == 5)
    page.fill("input[name=street]", "Jl. Contoh 12, RT 001/RW 002")
    page.click("text=Hitung ongkir")
    page.wait_for_selector("button[name=pesan]")
    page.check("input[name=bayar][value=bca_va]")
    page.click("button[name=pesan]")
    page.wait_for_url(re.compile(r"/pembelian/BB-\w{8}/$"))
    return str(page.url.rstrip("/").rpartition("/")[2])


def test_from_the_shelf_to_settled_money(browser: Any, shop: Running) -> None:
    makers = {who: log_in(browser, shop, who) for who in THINGS}
    before = {who: balance(page, shop) for who, page in makers.items()}
    page = browser.new_context(viewport=PHONE).new_page()
    fill_cart(page, shop)
    email = register(page, shop)
    code = check_out(page)
    assert re.fullmatch(r"\d{10,20}", page.inner_text("[data-va]").strip())
    assert "00:" in page.inner_text("[data-until]") or ":" in page.inner_text("[data-until]")
    shop.pay(f"{code}-p1")
    page.wait_for_selector("text=Sudah dibayar", timeout=20_000)
    shop.mail_to(email, "diterima")
    for maker in makers.values():
        ship(maker, shop, code)
    for number in (1, 2, 3):
        page.goto(f"{shop.web}/pesanan/{code}-{number}/")
        page.click("text=Terima >> visible=true")
        page.wait_for_selector(".badge:has-text('Selesai')")
    for who, maker in makers.items():
        assert balance(maker, shop) > before[who]
    books = shop.manage("check_books")
    assert (books.returncode, books.stdout) == (0, "")


def ship(maker: Any, shop: Running, code: str) -> None:
    maker.goto(f"{shop.web}/penjual/?status=baru")
    maker.click(f"a:has-text('{code}')")
    maker.click("text=Terima pesanan")
    maker.select_option("select[name=kurir]", value="JNE")
    maker.fill("input[name=resi]", "DEMO1234567")
    maker.click("form[action$='kirim/'] button")
    maker.wait_for_selector(".badge:has-text('Dikirim')")
