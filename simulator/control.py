"""The control side: an API for tools, and a page for people. Loopback only, no login: it is play money."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from simulator.bank import Refusal

if TYPE_CHECKING:
    from simulator.server import Server

Reply = tuple[int, dict[str, Any]]
SHOWN = 60
HERE = Path(__file__).resolve().parent
WORDS = {
    "pending": "menunggu",
    "settlement": "lunas",
    "expire": "kedaluwarsa",
    "deny": "ditolak / dibalik",
    "cancel": "dibatalkan",
    "refund": "dikembalikan",
    "partial_refund": "dikembalikan sebagian",
    "chargeback": "ditarik kembali",
    "partial_chargeback": "ditarik sebagian",
}
BUTTONS = {
    "pending": (("pay", "Bayar"), ("expire", "Kedaluwarsakan"), ("deny", "Tolak")),
    "settlement": (
        ("reverse", "Balikkan"),
        ("chargeback", "Tarik kembali"),
        ("partial-chargeback", "Tarik sebagian"),
        ("dashboard-refund", "Kembalikan dari dasbor"),
    ),
    "deny": (("give-again", "Uangnya datang lagi"),),
    "chargeback": (("give-again", "Uangnya datang lagi"),),
    "partial_refund": (
        ("confirm-refund", "Bank mengonfirmasi pengembalian"),
        ("dashboard-refund", "Kembalikan dari dasbor"),
    ),
    "refund": (("confirm-refund", "Bank mengonfirmasi pengembalian"),),
}
OF_AN_AMOUNT = frozenset({"dashboard-refund", "partial-chargeback"})
AMOUNT = '<input name="amount" inputmode="numeric" size="9" placeholder="Rp" aria-label="jumlah">'


def api(server: Server, method: str, path: list[str], body: dict[str, Any]) -> Reply:  # noqa: PLR0911  one address each
    """Answer the control API."""
    bank = server.bank
    try:
        if path == ["transactions"] and method == "GET":
            bank.expire_due()
            return 200, {"results": [_short(tx) for tx in reversed(list(bank.transactions.values()))]}
        if path == ["clock"]:
            for order_id in bank.advance(float(body.get("advance_s", 0))):
                server.postman.notify(order_id)
            return 200, {"now": bank.stamp(), "advanced_s": bank.advanced}
        if path == ["import"] and method == "POST":
            return 200, {"known": bank.bring_in(list(body.get("transactions", [])))}
        if len(path) == 3 and path[0] == "transactions":  # noqa: PLR2004  transactions/<order>/<verb>
            return _verb(server, method, path[1], path[2], body)
    except Refusal as refusal:
        return (404 if refusal.body["status_code"] == "404" else 409), refusal.body
    except (KeyError, TypeError, ValueError) as error:
        return 400, {"error": str(error)}
    return 404, {"error": "not found"}


def _short(tx: dict[str, Any]) -> dict[str, Any]:
    return {
        "order_id": tx["order_id"],
        "transaction_id": tx["transaction_id"],
        "transaction_status": tx["status"],
        "gross_amount": f"{tx['gross_amount']}.00",
        "payment_type": tx["payment_type"],
        "refunds": tx["refunds"],
    }


def _verb(server: Server, method: str, order_id: str, verb: str, body: dict[str, Any]) -> Reply:
    if verb == "faults":
        kept = server.bank.set_faults(order_id, body) if method == "POST" else server.bank.fault(order_id)
        return 200, kept
    act(server, order_id, verb, int(body.get("amount") or 0))
    return 200, _short(server.bank.find(order_id))


def act(server: Server, order_id: str, verb: str, amount: int = 0) -> None:
    """Do what a button or a tool asks, of an amount where it takes one, then tell the shop; raises Refusal."""
    bank = server.bank
    if verb == "pay":
        bank.pay(order_id)
    elif verb in {"expire", "deny"}:
        bank.end(order_id, verb)
    elif verb == "reverse":
        bank.take_back(order_id, "deny")
    elif verb == "chargeback":
        bank.take_back(order_id, "chargeback")
    elif verb == "give-again":
        bank.give_again(order_id)
    elif verb == "confirm-refund":
        bank.confirm_refunds(order_id)
    elif verb == "dashboard-refund":
        bank.refund_at_dashboard(order_id, amount)
    elif verb == "partial-chargeback":
        bank.take_part_back(order_id, amount)
    elif verb != "notify":
        raise Refusal("404", f"unknown verb {verb}")
    server.postman.notify(bank.find(order_id)["order_id"])


def press(server: Server, path: list[str], form: dict[str, list[str]]) -> str:
    """A button on the page was pressed; return where to go."""
    order_id = path[0] if path else ""
    try:
        if path[1:] == ["faults"]:
            server.bank.set_faults(order_id, _knobs(form))
        elif len(path) == 2:  # noqa: PLR2004  <order>/<verb>
            typed = form.get("amount", [""])[0].strip()
            act(server, order_id, path[1], int(typed) if typed.isdigit() else 0)
    except Refusal as refusal:
        return f"/?q={order_id}&kata={refusal.body['status_message'].replace(' ', '+')}"
    return f"/?q={order_id}"


def _knobs(form: dict[str, list[str]]) -> dict[str, Any]:
    given = {name: values[0].strip() for name, values in form.items()}
    return {
        "duplicate": int(given["duplicate"]) if given.get("duplicate", "").isdigit() else None,
        "delay_s": float(given["delay_s"]) if given.get("delay_s", "").replace(".", "", 1).isdigit() else None,
        "reorder": True if "reorder" in given else None,
        "drop": True if "drop" in given else None,
        "corrupt_signature": True if "corrupt_signature" in given else None,
        "lose_reply": True if "lose_reply" in given else None,
        "gross_amount": given.get("gross_amount") or None,
        "merchant_id": given.get("merchant_id") or None,
        "status_answer": given.get("status_answer") or None,
    }


def page(server: Server, path: list[str], query: dict[str, list[str]]) -> tuple[int, str]:
    """The page where the "customer" pays."""
    if path:
        return 404, "Tidak ada di sini."
    server.bank.expire_due()
    wanted = query.get("q", [""])[0].strip()
    rows = [tx for tx in reversed(list(server.bank.transactions.values())) if wanted in _haystack(tx)]
    cards = "".join(_card(server, tx, is_open=bool(wanted)) for tx in rows[:SHOWN])
    empty = '<p class="kosong">Belum ada transaksi. Buat pesanan di toko, lalu bayar di sini.</p>'
    note = f'<p class="kata">{escape(query["kata"][0])}</p>' if query.get("kata") else ""
    html = Template((HERE / "page.html").read_text(encoding="utf-8"))
    return 200, html.safe_substitute(q=escape(wanted), kata=note, kartu=cards or empty)


def _haystack(tx: dict[str, Any]) -> str:
    return " ".join(str(tx.get(name, "")) for name in ("order_id", "va_number", "permata_va_number", "bill_key"))


def _card(server: Server, tx: dict[str, Any], *, is_open: bool) -> str:
    number = tx.get("va_number") or tx.get("permata_va_number") or tx.get("bill_key") or tx["payment_type"].upper()
    amount = f"Rp{tx['gross_amount']:,}".replace(",", ".")
    kind = " ".join(part for part in (tx["payment_type"], tx.get("bank", "")) if part)
    buttons = "".join(
        f'<form method="post" action="/{escape(tx["order_id"])}/{verb}">{AMOUNT if verb in OF_AN_AMOUNT else ""}'
        f'<button class="{verb}">{words}</button></form>'
        for verb, words in (*BUTTONS.get(tx["status"], ()), ("notify", "Kirim kabar lagi"))
    )
    sent = "".join(f"<li>{escape(s['at'])} · {escape(s['what'])} → {escape(s['reply'])}</li>" for s in tx["sent"][-5:])
    return (
        f'<article class="{escape(tx["status"])}"><header><b>{escape(tx["order_id"])}</b>'
        f"<span>{WORDS.get(tx['status'], escape(tx['status']))}</span></header>"
        f"<p><strong>{amount}</strong> · {escape(kind)} · <code>{escape(str(number))}</code></p>"
        f'<div class="tombol">{buttons}</div><ul>{sent}</ul>{_faults(server, tx["order_id"], is_open=is_open)}</article>'
    )


def _faults(server: Server, order_id: str, *, is_open: bool) -> str:
    set_now = server.bank.fault(order_id)

    def text(name: str, words: str) -> str:
        value = escape(str(set_now.get(name) or ""))
        return f'<label>{words}<input name="{name}" value="{value}"></label>'

    def box(name: str, words: str) -> str:
        mark = " checked" if set_now.get(name) else ""
        return f'<label><input type="checkbox" name="{name}"{mark}> {words}</label>'

    knobs = (
        text("duplicate", "kabar ganda")
        + text("delay_s", "tunda (dtk)")
        + text("gross_amount", "jumlah lain")
        + text("merchant_id", "merchant lain")
        + text("status_answer", "jawaban status (404, 429, 500, timeout)")
        + box("reorder", "urutan terbalik")
        + box("drop", "kabar hilang")
        + box("corrupt_signature", "tanda tangan rusak")
        + box("lose_reply", "jawaban charge hilang")
    )
    shown = " open" if set_now and is_open else ""
    return (
        f'<details{shown}><summary>Gangguan</summary><form method="post" action="/{escape(order_id)}/faults">'
        f'<div class="knob">{knobs}</div><button>Pasang</button></form></details>'
    )
