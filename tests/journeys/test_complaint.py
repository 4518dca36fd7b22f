"""A complaint from the buyer's form to the decision of the Dinas, on a phone and without JavaScript."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests import world
from tests.running import Running

pytestmark = pytest.mark.e2e

ORDER = re.compile(r"/pesanan/(BB-[0-9A-Z]{8}-[0-9]+)/")
SANDI = "demo-bebeli-2026"
MAKER = "Dapur Nilam Pucung"  # the stall of toko01


def enter(browser: Any, shop: Running, who: str) -> Any:
    """Sign somebody in, with scripts off."""
    page = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False).new_page()
    page.goto(f"{shop.web}/masuk/")
    page.fill("input[name=login]", f"{who}@example.com")
    page.fill("input[name=password]", SANDI)
    page.click("main form button")
    return page


def an_order_to_complain_about(page: Any, shop: Running) -> str:
    """The first order of the first maker whose page offers a complaint."""
    for tab in ("jalan", "selesai"):
        page.goto(f"{shop.web}/pesanan/?status={tab}")
        for code in dict.fromkeys(ORDER.findall(page.content())):
            page.goto(f"{shop.web}/pesanan/{code}/")
            if MAKER in page.inner_text("h1") and page.locator(f"a[href='/pesanan/{code}/keluhan/baru/']").count():
                return str(code)
    pytest.fail("the story has no order to complain about")


def complain(buyer: Any) -> str:
    """Fill the form in, wrongly at first; returns the address of the picture."""
    buyer.click("text=Ajukan keluhan")
    buyer.click("button >> text=Kirim keluhan")
    assert buyer.locator("#masalah_error").count() == 1
    for field in buyer.locator("input[type=number]").all():
        field.fill("1")
    buyer.check("input[name=masalah][value=broken]")
    buyer.check("input[name=keinginan][value=whole]")
    buyer.fill("textarea[name=cerita]", "Kemasannya pecah, isinya tumpah.")
    photo = {"name": "bukti.png", "mimeType": "image/png", "buffer": world.picture("green").read()}
    buyer.set_input_files("input[name=foto]", [photo])
    buyer.click("button >> text=Kirim keluhan")
    assert "Menunggu jawaban toko" in buyer.inner_text("main")
    return str(buyer.get_attribute("main ol img", "src"))


def decide(officer: Any, shop: Running, code: str) -> None:
    """Take the case and give a part back, with a reason."""
    officer.goto(f"{shop.web}/dinas/keluhan/")
    officer.click(f"li:has-text('{code}') button")
    officer.check("input[name=putusan][value=partial]")
    officer.fill("input[name^=jumlah-] >> nth=0", "1.000")
    officer.fill("textarea[name=alasan]", "Kemasan kurang kuat, sebagian harga kembali.")
    officer.click("button >> text=Putuskan")
    assert "Dinas sudah memutuskan" in officer.inner_text("main")


def test_from_the_first_word_to_the_decision(browser: Any, shop: Running) -> None:
    buyer, maker, stranger = (enter(browser, shop, who) for who in ("pembeli", "toko01", "asn"))
    code = an_order_to_complain_about(buyer, shop)
    picture = complain(buyer)
    maker.goto(f"{shop.web}/penjual/keluhan/")
    maker.click(f"text={code}")
    seen = [page.request.get(f"{shop.web}{picture}").status for page in (buyer, maker, stranger)]
    assert seen == [200, 200, 404]
    assert stranger.goto(f"{shop.web}/pesanan/{code}/keluhan/").status == 404
    maker.click("summary >> text=Tolak keluhan")
    maker.fill("#tolak", "Kami kemas dengan rapat.")
    maker.click("button >> text=Tolak keluhan")
    assert "Toko menolak keluhan ini" in maker.inner_text("main")
    buyer.reload()
    buyer.click("button >> text=Minta Dinas memutuskan")
    assert "Petugas Dinas akan memutuskan" in buyer.inner_text("main")
    decide(enter(browser, shop, "dinas"), shop, code)
    for page in (buyer, maker):
        page.reload()
        told = page.inner_text("main")
        assert "Kemasan kurang kuat, sebagian harga kembali." in told
        assert "Rp1.000" in told
