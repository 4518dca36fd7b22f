"""Vouchers on the checkout's page: the field, the list, why not, and that nothing ever changes silently."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from bebeli.accounts.models import User
from bebeli.catalog.models import Variant
from bebeli.kit import clock
from bebeli.orders import books, offers
from bebeli.orders.models import Purchase
from bebeli.vouchers.actions.end_voucher import end_voucher
from bebeli.vouchers.models import VoucherUse
from tests import world
from tests.races.crowd import order
from tests.vouchers import making

pytestmark = pytest.mark.django_db


class Shopper:
    """Somebody at the checkout with one piece of 60.000."""

    def __init__(self, goods: Variant | None = None, buyer: User | None = None) -> None:
        self.goods = goods or world.variant(price=60_000)
        self.buyer = buyer or world.user()
        world.address(self.buyer)
        world.cart_of(self.buyer, (self.goods, 1))
        self.browser = Client()
        self.browser.force_login(self.buyer)
        self.page = ""

    def see(self, answer: Any) -> str:
        """Remember the page as a reader sees its text."""
        self.page = html.unescape(answer.content.decode())
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.page))

    def look(self, query: str = "") -> str:
        return self.see(self.browser.get(f"/checkout/{query}"))

    def hidden(self) -> dict[str, Any]:
        """What the page would send."""
        found = dict(re.findall(r'type="hidden" name="(kunci|total)" value="([^"]*)"', self.page))
        return {**found, "kampanye": re.findall(r'name="kampanye" value="([^"]*)"', self.page), "bayar": "bca_va"}

    def press(self, **fields: Any) -> Any:
        slug = self.goods.product.seller.slug
        alamat = str(self.buyer.addresses.get().pk)
        return self.browser.post("/checkout/", {"alamat": alamat, f"kirim-{slug}": "local", **self.hidden(), **fields})


def test_one_for_another_purse_is_refused_in_a_sentence_and_not_offered() -> None:
    shopper, made = Shopper(), making.voucher(purse="agency", name_id="Untuk dinas")
    assert "Untuk dinas" not in shopper.look()
    assert "Voucher ini hanya untuk belanja dengan uang instansi." in shopper.see(shopper.press(hitung="1", voucher=made.code))


def test_a_typed_code_is_counted_then_paid_less() -> None:
    made = making.voucher(is_public=False)
    shopper = Shopper()
    before = shopper.look()
    assert "Hemat" not in before
    counted = shopper.see(shopper.press(hitung="1", voucher=f" {made.code.lower()} "))
    for words in (
        "Dipakai, hemat Rp10.000",
        "Potongan Kabupaten Bekasi -Rp10.000",
        "Anda hemat Rp10.000",
        "Hemat Rp10.000 di toko ini",
    ):
        assert words in counted
    total = int(shopper.hidden()["total"])
    answer = shopper.press(pesan="1", voucher=made.code)
    assert answer.status_code == 302
    purchase = Purchase.objects.get()
    assert (purchase.total, purchase.platform_discount) == (total, 10_000)
    shown = shopper.see(shopper.browser.get(f"/pesanan/{purchase.code}-1/"))
    assert "Potongan Kabupaten Bekasi -Rp10.000 Dibayar pembeli" in shown
    assert books.check() == []


def test_the_list_says_what_fits_and_why_not() -> None:
    making.voucher(name_id="Untuk yang besar", min_purchase=80_000, amount=9_000)
    fits = making.voucher(name_id="Pas", amount=7_000)
    used = making.voucher(name_id="Sekali saja")
    other = making.own(world.seller(), name_id="Toko lain")
    shopper = Shopper()
    world.placed(shopper.buyer, (world.variant(), 1), voucher=used.code)
    world.cart_of(shopper.buyer, (shopper.goods, 1))
    page = shopper.look()
    for words in ("Belanja Rp20.000 lagi untuk memakai voucher ini.", "Pas", "Hemat Rp7.000", "Anda sudah memakai voucher ini."):
        assert words in page
    assert other.name_id not in page
    assert f'name="pakai" value="{fits.code}"' in shopper.page
    assert f'name="pakai" value="{used.code}"' not in shopper.page
    chosen = shopper.see(shopper.press(pakai=fits.code))
    assert "Dipakai, hemat Rp7.000" in chosen
    assert "Dipakai" not in shopper.see(shopper.press(pakai="", voucher=fits.code))


def test_a_campaign_comes_off_by_itself_and_is_sent_along() -> None:
    stall = world.seller()
    own = making.own(stall, is_automatic=True, name_id="Hari jadi toko")
    shopper = Shopper(world.variant(stall, price=60_000))
    page = shopper.look()
    assert "Dipakai, hemat Rp5.000" in page
    assert f"Potongan {stall.name} -Rp5.000" in page
    assert shopper.hidden()["kampanye"] == [own.code]
    assert shopper.press(pesan="1").status_code == 302
    assert Purchase.objects.get().orders.get().seller_discount == 5_000


def test_a_campaign_that_ended_meanwhile_is_said_and_nothing_is_placed() -> None:
    made = making.voucher(is_automatic=True)
    shopper = Shopper()
    shopper.look()
    end_voucher(made.pk)
    answer = shopper.press(pesan="1")
    page = shopper.see(answer)
    assert (answer.status_code, Purchase.objects.count()) == (422, 0)
    assert "Voucher ini sudah berakhir." in page
    assert "Anda hemat" not in page
    assert shopper.press(pesan="1").status_code == 302
    assert Purchase.objects.get().platform_discount == 0


def test_a_code_typed_and_ordered_at_once_is_counted_first() -> None:
    made = making.voucher()
    shopper = Shopper()
    shopper.look()
    page = shopper.see(shopper.press(pesan="1", voucher=made.code))
    assert "Total berubah sejak halaman dibuka." in page
    assert "Dipakai, hemat Rp10.000" in page
    assert not VoucherUse.objects.exists()


def test_a_code_comes_along_from_the_cart() -> None:
    made = making.voucher(is_public=False)
    shopper = Shopper()
    assert 'name="voucher"' in shopper.browser.get("/keranjang/").content.decode()
    assert "Dipakai, hemat Rp10.000" in shopper.look(f"?voucher={made.code}")


def test_a_guests_code_waits_while_the_address_is_written() -> None:
    made = making.voucher(is_public=False)
    _cart, token = world.visitor_cart(world.variant(price=60_000))
    browser = Client()
    browser.cookies["keranjang"] = token
    page = browser.get(f"/checkout/?voucher={made.code}").content.decode()
    assert f'<input type="hidden" name="voucher" value="{made.code}">' in page
    assert f"next=%2Fcheckout%2F%3Fvoucher%3D{made.code}" in page


def test_a_typed_code_is_found_among_more_than_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offers, "SHOWN", 1)
    making.voucher(is_automatic=True, ends_at=clock.now() + timedelta(days=1))
    made = making.voucher(amount=12_000)
    assert "Dipakai, hemat Rp12.000" in Shopper().look(f"?voucher={made.code}")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"starts_at": clock.now() + timedelta(days=1), "ends_at": clock.now() + timedelta(days=2)},
            "Voucher ini belum mulai berlaku.",
        ),
        ({"min_purchase": 75_000}, "Belanja Rp15.000 lagi untuk memakai voucher ini."),
    ],
)
def test_a_typed_code_that_does_not_fit_says_why_at_the_field(fields: dict[str, Any], words: str) -> None:
    made = making.voucher(**fields)
    shopper = Shopper()
    shopper.look()
    page = shopper.see(shopper.press(hitung="1", voucher=made.code))
    assert words in page
    assert 'id="voucher_error"' in shopper.page
    answer = shopper.press(pesan="1", voucher=made.code)
    assert (answer.status_code, Purchase.objects.count()) == (422, 0)


def test_guessing_codes_ends(settings: Settings) -> None:
    settings.RATE_LIMITS = True
    cache.clear()
    made = making.voucher(is_public=False)
    shopper = Shopper()
    shopper.look()
    for number in range(20):
        assert "Kode voucher ini tidak dikenal." in shopper.see(shopper.press(hitung="1", voucher=f"TEBAK{number}"))
    blocked = shopper.see(shopper.press(hitung="1", voucher=made.code))
    assert "Terlalu banyak kode yang salah." in blocked
    assert "Dipakai" not in blocked
    shopper.press(pesan="1", voucher=made.code)
    assert not Purchase.objects.exists()
    cache.clear()


def test_a_guest_is_the_same_person_by_mail_or_phone() -> None:
    made = making.voucher()
    goods = world.variant(price=60_000, stock=9)

    def buy(email: str, phone: str) -> tuple[int, str]:
        _cart, token = world.visitor_cart(goods)
        browser = Client(enforce_csrf_checks=False)
        browser.cookies["keranjang"] = token
        posting: Any = browser  # a form's fields are posted alike
        answer = order(posting, goods.product.seller.slug, token, voucher=made.code, email=email, phone=phone)
        return answer.status_code, html.unescape(answer.content.decode())

    assert buy("satu@example.com", "081234567890")[0] == 302
    for email, phone in (("SATU@example.com", "081299999999"), ("dua@example.com", "0812-3456-7890")):
        status, page = buy(email, phone)
        assert (status, "Anda sudah memakai voucher ini." in page) == (422, True)
    assert buy("tiga@example.com", "081277777777")[0] == 302
    assert making.fresh(made) == (2, 20_000)
