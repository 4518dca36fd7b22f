"""The wallet's app: the page a deeplink opens, where the "customer" pays and goes back to the shop. Play money only."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from simulator.bank import Refusal
from simulator.control import WORDS

if TYPE_CHECKING:
    from simulator.server import Server

HERE = Path(__file__).resolve().parent
APPS = {"gopay": "GoPay", "shopeepay": "ShopeePay"}


def page(server: Server, app: str, query: dict[str, list[str]]) -> tuple[int, str]:
    """The app's page for one payment: pay while it waits, afterwards the way back."""
    reference = query.get("referenceid", [""])[0]
    server.bank.expire_due()
    try:
        tx = server.bank.find(reference)
    except Refusal:
        return 404, "Tidak ada di sini."
    if tx["payment_type"] != app or tx["transaction_id"] != reference:
        return 404, "Tidak ada di sini."
    body = _buttons(app, reference) if tx["status"] == "pending" else _way_back(tx)
    html = Template((HERE / "wallet.html").read_text(encoding="utf-8"))
    return 200, html.safe_substitute(
        app=APPS[app],
        kelas=app,
        jumlah=f"Rp{tx['gross_amount']:,}".replace(",", "."),
        kode=escape(tx["order_id"]),
        keadaan=WORDS.get(tx["status"], escape(tx["status"])),
        isi=body,
    )


def _buttons(app: str, reference: str) -> str:
    field = f'<input type="hidden" name="referenceid" value="{escape(reference)}">'
    pay = f'<form method="post" action="/{app}/ui/pay">{field}<button class="pay">Bayar</button></form>'
    return f'{pay}<form method="post" action="/{app}/ui/leave">{field}<button>Kembali tanpa membayar</button></form>'


def _way_back(tx: dict[str, object]) -> str:
    where = back(tx, "success" if tx["status"] == "settlement" else "failure")
    return f'<a class="pay" href="{escape(where)}">Kembali ke toko</a>' if where else ""


def back(tx: dict[str, object], result: str) -> str:
    """Return where the app leads afterwards, '' without a web address to return to."""
    where = str(tx.get("callback_url") or "")
    return (
        f"{where}?{urlencode({'order_id': tx['order_id'], 'result': result})}"
        if urlsplit(where).scheme in {"http", "https"}
        else ""
    )


def press(server: Server, app: str, what: str, form: dict[str, list[str]]) -> str:
    """A button in the app was pressed; return where to go."""
    reference = form.get("referenceid", [""])[0]
    here = f"/{app}/ui/checkout?{urlencode({'referenceid': reference})}"
    try:
        tx = server.bank.find(reference)
        if what == "leave":
            return back(tx, "failure") or here
        server.bank.pay(reference)
        server.postman.notify(tx["order_id"])
    except Refusal:
        return here
    return back(tx, "success") or here
