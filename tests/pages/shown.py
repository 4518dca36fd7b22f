"""Pages that people see, each with who looks at it."""

from __future__ import annotations

from django.test import Client

from tests.pages import actors
from tests.pages.actors import Things

PAGES = {
    "guest": (
        "/", "/kategori/", "/kategori/{category}/", "/cari/?q=barang", "/cari/?q=tidakadasamasekali", "/produk/{slug}/", "/toko/",
        "/toko/{stall}/", "/keranjang/", "/masuk/", "/daftar/", "/akun/sandi/lupa/", "/bantuan/", "/privasi/",
        "/cek/{document}/{document_hash}/",
        "/tidak-ada/", "/en/", "/en/produk/{slug}/",
    ),
    "shopper_a": (
        "/", "/keranjang/", "/checkout/", "/pesanan/", "/pesanan/{order}/", "/pesanan/{fallen}/", "/pembelian/{purchase}/",
        "/akun/", "/akun/alamat/", "/akun/alamat/baru/", "/akun/alamat/{address_id}/", "/akun/kotak-masuk/", "/akun/sandi/",
        "/akun/kode/", "/keluar/", "/instansi/", "/dokumen/{document}/",
        "/akun/keluhan/", "/pesanan/{grieved}/", "/pesanan/{grieved}/keluhan/", "/pesanan/{order}/keluhan/baru/",
    ),
    "owner_a": (
        "/penjual/", "/penjual/pesanan/{order}/", "/penjual/produk/", "/penjual/produk/baru/", "/penjual/produk/{slug}/",
        "/penjual/dokumen/", "/penjual/dokumen/unduh/{export_id}/", "/penjual/saldo/", "/penjual/pesanan/{order}/uang/",
        "/penjual/keluhan/", "/penjual/pesanan/{grieved}/keluhan/",
        "/penjual/voucher/", "/penjual/voucher/baru/", "/penjual/voucher/{own_voucher}/", "/penjual/voucher/{own_voucher}/ubah/",
    ),
    "officer": (
        "/dinas/keluhan/", "/dinas/keluhan/?status=selesai", "/dinas/keluhan/{complaint_id}/", "/keuangan/voucher/",
        "/keuangan/voucher/{voucher}/ubah/",
    ),
    "finance": (
        "/keuangan/", "/keuangan/dokumen/?q={document}", "/keuangan/diperiksa/{case_id}/", "/keuangan/luar/{outside_id}/",
        "/keuangan/transfer/", "/keuangan/transfer/{proof_id}/",
        "/keuangan/buku/", "/keuangan/neraca/", "/keuangan/buku-besar/escrow/",
        "/keuangan/pesanan/{order}/", "/keuangan/rekonsiliasi/", "/keuangan/tarif/", "/keuangan/rekening/", "/keuangan/payout/",
        "/keuangan/payout/{payout_id}/", "/keuangan/dua-kali/", "/keuangan/dua-kali/{double_id}/",
        "/keuangan/voucher/", "/keuangan/voucher/baru/", "/keuangan/voucher/{voucher}/",
    ),
    "auditor": ("/keuangan/", "/keuangan/diperiksa/{case_id}/", "/keuangan/dua-kali/{double_id}/", "/keuangan/buku/"),
}  # fmt: skip


def looks(things: Things, people: dict[str, Client]) -> list[tuple[str, str, Client]]:
    """Return who opens which address with which browser."""
    filled = {name: str(value) for name, value in vars(things).items()}
    return [(who, path.format(**filled), people[who]) for who, paths in PAGES.items() for path in paths]


def audience() -> tuple[Things, dict[str, Client]]:
    """Shopper A's and maker A's things, and a browser for each who looks."""
    everybody = actors.people()
    things = actors.things(everybody)
    browsers = {"guest": Client()}
    for who in PAGES.keys() - {"guest"}:
        browsers[who] = Client()
        browsers[who].force_login(everybody[who])
    return things, browsers
