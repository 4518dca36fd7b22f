"""Whatever stands in an address, it is never a fault of ours."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client

from bebeli.accounts.models import User
from tests import world

pytestmark = pytest.mark.django_db

WORDS = (
    "",
    "x",
    "\0",
    "%",
    "'",
    '"><script>',
    "𝕏" * 50,
    "a" * 10_000,
    "-1",
    "0",
    "9" * 40,
    "1.5",
    "NaN",
    "..",
    "%00",
    "\ud83d\ude00",
)
NAMES = (
    "q",
    "kursor",
    "kategori",
    "min",
    "maks",
    "kecamatan",
    "urut",
    "penjual",
    "sertifikat",
    "provinsi",
    "kabupaten",
    "halaman",
)
PAGES = ("/", "/cari/", "/kategori/keripik/", "/toko/", "/wilayah/", "/cari/saran/", "/keranjang/", "/checkout/")
PATHS = (
    "/kategori/%00/", "/kategori/tidak-ada/", "/produk/" + "a" * 3000 + "/", "/produk/%F0%9F%98%80/", "/toko/..%2f..%2f/",
    "/pembelian/BB-00000000/", "/pembelian/BB-00000000/" + "0" * 32 + "/", "/pesanan/BB-00000000-999/",
    "/media/p/00/" + "0" * 32 + "-9999.avif", "/%00/", "/en/%ff/", "/sitemap-produk-" + "9" * 30 + ".xml",
    "/keranjang/" + "9" * 30 + "/ubah/",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_no_query_is_a_fault(page: str) -> None:
    world.variant()
    client = Client()
    for word in WORDS:
        said = quote(word.encode(errors="replace"))
        for query in (f"{NAMES[0]}={said}", "&".join(f"{name}={said}" for name in NAMES[1:])):
            assert client.get(f"{page}?{query}").status_code < 500, f"{page}?{query[:80]}"


FAR = ("%00", "9999-12-31", "0001-01-01", "9999-12", "0001-01", "9" * 40)
SELLERS = ("/penjual/saldo/?toko=", "/penjual/voucher/baru/?toko=", "/penjual/?q=", "/penjual/dokumen/?bulan=")
FINANCES = (
    "/keuangan/pesanan/?kode=", "/keuangan/dokumen/?q=", "/keuangan/buku-besar/escrow/?toko=", "/keuangan/neraca/?tanggal=",
    "/keuangan/buku-besar/escrow/?dari=", "/keuangan/buku-besar/escrow/?sampai=", "/keuangan/voucher/?cursor=",
)  # fmt: skip


def test_no_query_at_a_desk_is_a_fault() -> None:
    finance, maker = Client(), Client()
    finance.force_login(world.finance())
    maker.force_login(User.objects.get(pk=world.owner(world.seller())))
    for browser, pages in ((maker, SELLERS), (finance, FINANCES)):
        for page in pages:
            for word in FAR:
                assert browser.get(f"{page}{word}").status_code < 500, f"{page}{word}"
    assert maker.post("/penjual/saldo/minta/", {"toko": "\0"}).status_code == 400


@pytest.mark.parametrize("path", PATHS)
def test_no_path_is_a_fault(path: str) -> None:
    client = Client()
    client.force_login(world.user())
    assert client.get(path).status_code in {404, 405}


@pytest.mark.parametrize(
    "page", ["/keranjang/tambah/", "/keranjang/kembalikan/", "/checkout/", "/wilayah/", "/akun/alamat/isian/"]
)
def test_no_form_is_a_fault(page: str) -> None:
    world.variant()
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    for word in WORDS:
        fields = dict.fromkeys(("sku", "jumlah", "email", "recipient", "phone", "village", "province", "alamat", "bayar"), word)
        sent = {name: value.encode(errors="replace").decode() for name, value in fields.items()}
        assert client.post(page, sent).status_code < 500, (page, word[:40])
