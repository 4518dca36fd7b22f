"""The search page and the suggestions: what is said, what can be taken away, what may be kept by caches."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import world
from tests.catalog.test_search import stall_in

pytestmark = pytest.mark.django_db
OPTION = re.compile(r'role="option" id="saran-(\d)" aria-selected="false" data-href="([^"]+)"')


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_mended_slip_is_a_link_and_its_goods_are_shown(client: Client) -> None:
    world.variant(name="Kopi Robusta")
    page = read(client, "/cari/?q=kopi+robsta")
    assert "Maksud Anda:" in page
    assert 'href="?q=kopi%20robusta"' in page
    assert "Kopi Robusta" in page


def test_nothing_found_shows_neighbours_of_the_kecamatan_that_was_named(client: Client) -> None:
    world.variant(stall_in("tambelang"), name="Selada Segar")
    world.variant(stall_in("cibarusah"), name="Kain Batik")
    page = read(client, "/cari/?q=zzqqxx")
    assert "Belum ada yang seperti itu" in page
    assert "Yang sedang laris" in page
    assert {"Selada Segar", "Kain Batik"} <= set(re.findall("Selada Segar|Kain Batik", page))
    page = read(client, "/cari/?q=selada+tambelang&min=90000000")
    assert "Yang dibuat di Tambelang" in page
    assert "Selada Segar" in page
    assert "Kain Batik" not in page
    assert "Hapus salah satu saringan" in page


def test_a_kecamatan_without_such_goods_is_said(client: Client) -> None:
    world.variant(stall_in("tambelang"), name="Selada Segar")
    world.variant(stall_in("cibarusah"), name="Kain Batik")
    assert "Belum ada yang seperti itu dari Tambelang." in read(client, "/cari/?q=batik+tambelang")


def test_a_maker_who_is_named_stands_above_the_goods(client: Client) -> None:
    stall = world.seller(name="Dapur Nilam Pucung")
    world.variant(stall, name="Semur Jengkol")
    label = 'aria-label="Toko dengan nama itu"'
    for text in ("nilam+pucung", "dapurnilam"):
        page = read(client, f"/cari/?q={text}")
        assert label in page
        assert f'href="/toko/{stall.slug}/"' in page
    assert label not in read(client, "/cari/?q=jengkol")


def test_each_filter_is_a_chip_that_takes_itself_away(client: Client) -> None:
    made = world.variant(price=20_000, name="Kopi Robusta")
    district = made.product.seller.district
    page = read(client, f"/cari/?q=kopi&kecamatan={district.code}&min=10000&tersedia=on&urut=price")
    chips = dict(re.findall(r'href="\?([^"]*)" aria-label="Hapus saringan ([^"]+)"', page))
    assert {words: "kecamatan" in query for query, words in chips.items()} == {
        district.name: False,
        "mulai Rp10.000": True,
        "Ada stok": True,
    }
    assert all("q=kopi" in query and "urut=price" in query for query in chips)
    assert "Hapus saringan" not in read(client, "/cari/?q=kopi")


def test_category_and_stall_stay_when_other_filters_are_applied(client: Client) -> None:
    made = world.variant(name="Kopi Robusta")
    page = read(client, f"/cari/?q=kopi&kategori=keripik&toko={made.product.seller.slug}")
    assert '<input type="hidden" name="kategori" value="keripik">' in page
    assert f'<input type="hidden" name="toko" value="{made.product.seller.slug}">' in page


def test_suggestions_are_words_categories_makers_and_goods(client: Client) -> None:
    stall = world.seller(name="Keripik Renyah")
    made = world.variant(stall, name="Keripik Pisang")
    hrefs = [href for _number, href in OPTION.findall(read(client, "/cari/saran/?q=kerip"))]
    assert "/cari/?q=keripik" in hrefs
    assert "/kategori/keripik/" in hrefs
    assert f"/toko/{stall.slug}/" in hrefs
    assert f"/produk/{made.product.slug}/" in hrefs


def test_a_second_word_ends_only_as_goods_do(client: Client) -> None:
    world.variant(name="Kopi Robusta")
    world.variant(name="Teh Rosela")
    for text in ("kopi+ro", "kopi+rob"):
        hrefs = [href for _number, href in OPTION.findall(read(client, f"/cari/saran/?q={text}"))]
        assert [href for href in hrefs if href.startswith("/cari/")] == ["/cari/?q=kopi+robusta"]


def test_suggestions_are_few_cheap_public_and_the_same_for_everybody(client: Client) -> None:
    for number in range(12):
        world.variant(world.seller(name=f"Keripik {number}"), name=f"Keripik Pisang {number}")
    with CaptureQueriesContext(connection) as made:
        answer = client.get("/cari/saran/?q=keripik", headers={"HX-Request": "true"})
    assert len(made) == 4  # the lexicon is the fourth; a running shop keeps it in the process
    assert [number for number, _href in OPTION.findall(answer.content.decode())] == list("01234567")
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("text", ["", "k", "  ", "!!"])
def test_too_little_asks_nothing(client: Client, text: str) -> None:
    with CaptureQueriesContext(connection) as made:
        answer = client.get("/cari/saran/", {"q": text})
    assert OPTION.findall(answer.content.decode()) == []
    assert len(made) == 0


def test_the_header_works_without_javascript_and_asks_while_typing(client: Client) -> None:
    page = read(client, "/")
    form = re.findall(r"<form[^>]*data-search.*?</form>", page, re.DOTALL)[0]
    assert 'action="/cari/"' in form
    assert 'name="q"' in form
    assert 'autocomplete="off"' in form
    assert 'hx-get="/cari/saran/"' in form
    assert "delay:200ms" in form
    assert 'role="listbox"' in form
