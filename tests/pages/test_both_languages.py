"""English pages are English, Indonesian pages are Indonesian; the choice is remembered, and mails follow it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import allauth
import django
import polib
import pytest
from django.core import mail
from django.test import Client

from bebeli.accounts.models import Address, User
from bebeli.catalog.models import Variant
from bebeli.kit import page_cache
from bebeli.notices.flows import send
from bebeli.notices.models import InboxMessage
from bebeli.orders.actions.ship import ship
from bebeli.orders.models import Order, Purchase
from demo.translations import load
from tests import world
from tests.pages.reading import Ear

pytestmark = pytest.mark.django_db

VISITOR = (
    "/", "/kategori/", "/kategori/keripik/", "/cari/", "/cari/?q=tidakadasamasekali", "/toko/", "/toko/?kecamatan=32.16.01",
    "/keranjang/", "/masuk/", "/daftar/", "/akun/sandi/lupa/", "/tidak-ada/",
)  # fmt: skip
BUYER = (
    "/akun/", "/akun/alamat/", "/akun/alamat/baru/", "/akun/kotak-masuk/", "/akun/sandi/", "/akun/kode/", "/akun/ulang-masuk/",
    "/pesanan/", "/pesanan/?status=selesai", "/keranjang/", "/checkout/",
    "/instansi/", "/perusahaan/", "/dinas/", "/terbuka/", "/ekspor/",
)  # fmt: skip
SELLER = ("/penjual/", "/penjual/?status=selesai", "/penjual/produk/", "/penjual/produk/baru/")
EMPTY_FORMS = ("/masuk/", "/daftar/", "/akun/sandi/lupa/")
EMPTY_FORMS_SIGNED_IN = ("/akun/", "/akun/alamat/baru/", "/akun/sandi/")


def as_english(path: str) -> str:
    return f"/en{path}"


@pytest.fixture(scope="module")
def indonesian() -> Ear:
    return Ear(load())


@pytest.fixture(scope="module")
def english() -> Ear:
    """The libraries' own sentences, where they have an Indonesian of ours or theirs."""
    rooms = [Path(django.__file__).parent / "conf", Path(django.__file__).parent / "contrib/auth", Path(allauth.__file__).parent]
    return Ear(*(polib.pofile(str(room / "locale/id/LC_MESSAGES/django.po")) for room in rooms))


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def english_goods() -> Variant:
    made = world.variant(world.seller(story_en="We fry every morning."))
    made.product.name_en, made.product.description_en = "Banana chips", "Thin and salty."
    made.product.save()
    return made


def test_a_visitor_reads_english_only(indonesian: Ear) -> None:
    goods = english_goods()
    paths = [*VISITOR, f"/produk/{goods.product.slug}/", f"/toko/{goods.product.seller.slug}/"]
    for path in map(as_english, paths):
        html = Client().get(path).content.decode()
        assert '<html lang="en"' in html, path
        assert list(indonesian.heard(html, apart_from="id")) == [], path


def test_a_signed_in_reader_reads_english_only(indonesian: Ear) -> None:
    goods, buyer = english_goods(), world.user(language="en")
    purchase = world.placed(buyer, (goods, 1))
    Address.objects.all().delete()
    world.address(buyer)
    world.cart_of(buyer, (goods, 2))
    order = world.orders_of(purchase)[0]
    paths = [*BUYER, f"/pesanan/{order.code}/", f"/pembelian/{purchase.code}/"]
    client = browser(buyer)
    for path in map(as_english, paths):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert list(indonesian.heard(answer.content.decode(), apart_from="id")) == [], path


def test_a_maker_and_finance_read_english_only(indonesian: Ear, provider: Any) -> None:
    goods = english_goods()
    purchase = world.charged(world.user(), (goods, 1))
    assert provider.settle(purchase)
    order = world.orders_of(purchase)[0]
    maker, finance = browser(User.objects.get(pk=world.owner(goods.product.seller))), browser(world.finance())
    for path in (*SELLER, f"/penjual/produk/{goods.product.slug}/", f"/penjual/pesanan/{order.code}/"):
        answer = maker.get(as_english(path))
        assert answer.status_code == 200, path
        assert list(indonesian.heard(answer.content.decode(), apart_from="id")) == [], path
    html = finance.get("/en/keuangan/").content.decode()
    assert list(indonesian.heard(html, apart_from="id")) == []


def test_forms_refuse_in_the_language_of_the_page(indonesian: Ear, english: Ear) -> None:
    signed_in = browser(world.user())
    forms = [(Client(), path) for path in EMPTY_FORMS] + [(signed_in, path) for path in EMPTY_FORMS_SIGNED_IN]
    for client, path in forms:
        said = {"email": "bukan surel", "password1": "password1234", "login": "bukan surel", "phone": "123"}
        html = client.post(as_english(path), said).content.decode()
        assert list(indonesian.heard(html, apart_from="id")) == [], path
        html = client.post(path, said).content.decode()
        assert "error" in html, path
        assert list(english.heard(html, apart_from="en")) == [], path


def test_an_untranslated_name_is_marked_as_indonesian() -> None:
    goods = world.variant(name="Kerupuk ikan tenggiri")
    html = Client().get(f"/en/produk/{goods.product.slug}/").content.decode()
    assert re.search(r'<h1[^>]* lang="id">Kerupuk ikan tenggiri', html)
    html = Client().get(f"/en/produk/{english_goods().product.slug}/").content.decode()
    assert re.search(r'<h1[^>]* lang="en">Banana chips', html)


def test_every_page_names_its_other_language() -> None:
    for path in ("/cari/?q=keripik&urut=popular", "/en/cari/?q=keripik&urut=popular"):
        html = Client().get(path).content.decode()
        found = dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', html))
        plain = "http://testserver/cari/"  # as the canonical address: a query is no page of its own
        assert found == {"id": plain, "en": plain.replace("/cari/", "/en/cari/"), "x-default": plain}


def choose(client: Client, language: str, back: str, **headers: str) -> Any:
    sent = {"HTTP_SEC_FETCH_SITE": "same-origin", **headers}
    return client.post("/bahasa/", {"bahasa": language, "kembali": back}, **sent)  # type: ignore[arg-type]  # headers


def test_a_visitors_choice_is_remembered_and_offered_not_forced() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = choose(client, "en", "/cari/?q=batik")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/cari/?q=batik")
    page = client.get("/")
    assert page.status_code == 200
    assert '<html lang="id"' in page.content.decode()
    assert "Read this page in English" in page.content.decode()
    assert "Read this page in English" not in client.get("/en/").content.decode()
    assert choose(client, "id", "/en/toko/").headers["Location"] == "/toko/"
    assert "Baca halaman ini dalam bahasa Indonesia" in client.get("/en/").content.decode()


def test_a_person_is_remembered_by_account() -> None:
    person = world.user()
    assert choose(browser(person), "en", "/akun/").headers["Location"] == "/en/akun/"
    person.refresh_from_db()
    assert person.language == "en"
    assert "Read this page in English" in browser(person).get("/").content.decode()


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "evil", "/\\evil.example"])
def test_choosing_never_leads_elsewhere(back: str) -> None:
    assert choose(Client(), "id", back).headers["Location"] == "/"


def test_another_site_cannot_choose() -> None:
    assert choose(Client(enforce_csrf_checks=True), "en", "/", HTTP_SEC_FETCH_SITE="cross-site").status_code == 403


def test_the_chosen_language_alone_keeps_the_page_cache(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "SECONDS", 60.0)
    settings.TESTING = False
    plain, chosen = Client(), Client()
    choose(chosen, "en", "/")
    assert "X-Page" not in plain.get("/kategori/").headers
    assert plain.get("/kategori/").headers["X-Page"] == "kept"
    first = chosen.get("/kategori/")
    assert "X-Page" not in first.headers
    assert chosen.get("/kategori/").headers["X-Page"] == "kept"
    assert "Read this page in English" in chosen.get("/kategori/").content.decode()
    assert "Read this page in English" not in plain.get("/kategori/").content.decode()


def test_who_registers_in_english_is_written_to_in_english() -> None:
    form = {"name": "Ann", "email": "ann@example.com", "password1": "kerupuk-ikan-gurih", "terms": "on"}
    assert Client().post("/en/daftar/", form).status_code == 302
    assert User.objects.get(email="ann@example.com").language == "en"
    assert "Your code:" in str(mail.outbox[-1].body)
    Client().post("/akun/sandi/lupa/", {"email": "ann@example.com"})
    assert "Your code:" in str(mail.outbox[-1].body)


def sent_about(purchase: Purchase) -> Any:
    send.send_due(purchase.code)
    return mail.outbox[-1]


def test_a_person_reads_notices_in_their_language() -> None:
    goods, buyer = world.variant(), world.user(language="en")
    letter = sent_about(world.placed(buyer, (goods, 1)))
    code = Purchase.objects.get().code
    assert letter.subject == f"Pay for order {code}"
    assert "Payment method: VA BCA" in letter.body
    assert f"http://testserver/en/pembelian/{code}/" in letter.body
    assert '<html lang="en"' in letter.alternatives[0][0]
    assert InboxMessage.objects.get().title == f"Pay for order {code}"


def test_a_guest_reads_notices_in_the_language_of_the_purchase() -> None:
    buyer = world.user(email="guest@example.com")
    purchase = world.placed(buyer, (world.variant(), 1), language="en")
    Purchase.objects.filter(pk=purchase.pk).update(buyer=None, guest_digest="x")
    purchase.refresh_from_db()
    assert purchase.language == "en"
    order = Order.objects.select_related("purchase").get()
    Order.objects.update(status="processing")
    ship(order.pk, world.owner(order.seller), "sendiri", "")
    send.send_due(order.code)
    letter = mail.outbox[-1]
    assert (letter.to, letter.subject) == (["guest@example.com"], f"Order {order.code} has been shipped")
    assert "Delivered by the shop itself" in str(letter.body)


def test_the_api_answers_in_the_language_the_caller_accepts() -> None:
    login = {"email": "a", "password": ""}
    said = Client().post("/api/v1/auth/login/", login, content_type="application/json").json()
    assert (said["title"], said["errors"]["email"]) == ("Ada isian yang perlu diperbaiki", ["Tulis alamat surel yang benar."])
    english = Client(HTTP_ACCEPT_LANGUAGE="en-GB,en;q=0.9")
    said = english.post("/api/v1/auth/login/", login, content_type="application/json").json()
    assert (said["title"], said["errors"]["email"]) == ("Some of the input needs correcting", ["Enter a valid email address."])


def test_what_a_maker_wrote_in_indonesian_says_so_on_english_pages() -> None:
    made = world.variant()
    Variant.objects.filter(pk=made.pk).update(options={"isi": "sepuluh buah"})
    client, where = Client(), f"/produk/{made.product.slug}/"
    assert '<span lang="id">sepuluh buah</span>' in client.get(as_english(where)).content.decode()
    assert "<span>sepuluh buah</span>" in client.get(where).content.decode()
