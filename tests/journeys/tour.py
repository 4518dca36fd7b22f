"""Walks every page a person can reach by links, one of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

STARTS = {
    "": ["/", "/cari/?q=keripik", "/cari/?q=zzzz", "/masuk/", "/daftar/", "/akun/sandi/lupa/", "/keranjang/", "/tidak-ada/"],
    "pembeli": ["/", "/akun/", "/akun/alamat/baru/", "/pesanan/", "/pesanan/?status=batal", "/keranjang/"],
    "toko01": ["/penjual/", "/penjual/?status=proses", "/penjual/produk/", "/penjual/produk/baru/"],
    "keuangan": ["/keuangan/"],
    "auditor": ["/akun/", "/keuangan/"],
    "dinas": ["/dinas/", "/keuangan/voucher/", "/dinas/keluhan/", "/terbuka/", "/ekspor/"],
    "pp": ["/instansi/"],
    "perusahaan": ["/perusahaan/"],
}
NOT_WALKED = {"admin", "api", "keluhan", "media", "static"}  # their own looks, or pictures and no pages
NO_PAGES = (".png", ".xml", ".txt", ".js", ".pdf", ".csv", ".xlsx")
MOST_PAGES = 60


def kind_of(address: str) -> str:
    """Return the name of the page an address leads to, in its language; '' for what is no page of ours."""
    path = urlsplit(address).path
    if path.strip("/").partition("/")[0] in NOT_WALKED or path.endswith(NO_PAGES):
        return ""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def _shown(page: Any, address: str) -> bool:
    """Go to an address; False when it is a file: one to be kept, or a picture by itself, which lets no script run."""
    try:
        answer = page.goto(address)
    except Exception as failure:
        if "Download is starting" in str(failure):
            return False
        raise
    page.wait_for_load_state("load")
    return answer is None or answer.headers.get("content-type", "").startswith("text/html")


def pages(page: Any, base: str, who: str) -> Iterator[str]:
    """Go to one page of each kind, wherever links lead from the starts; yield each address once it is shown."""
    waiting, seen = list(STARTS[who]), set(STARTS[who])
    kinds: set[str] = set()
    shown = 0
    while waiting and shown < MOST_PAGES:
        address = waiting.pop(0)
        if not _shown(page, base + address):
            continue
        kinds.add(kind_of(address))
        shown += 1
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        yield address
        for link in links:
            parts = urlsplit(link)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            kind = kind_of(path)
            is_ours = f"{parts.scheme}://{parts.netloc}" == base and kind and not path.startswith("/en/")
            if is_ours and path not in seen and kind not in kinds:
                kinds.add(kind)
                seen.add(path)
                waiting.append(path)
