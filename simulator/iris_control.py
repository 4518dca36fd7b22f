"""The control side of payouts: an API for tools, and a page where the "bank" acts. Loopback only, no login: play money."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from simulator import iris
from simulator.payouts import KNOBS, Denied

if TYPE_CHECKING:
    from simulator.server import Server

Reply = tuple[int, dict[str, Any]]
HERE = Path(__file__).resolve().parent
SHOWN = 60
WORDS = {
    "queued": "menunggu kunci kedua",
    "approved": "disetujui",
    "processed": "dikerjakan bank",
    "completed": "sampai",
    "failed": "gagal",
    "rejected": "ditolak",
}
BUTTONS = {
    "approved": (("complete", "Sampaikan"), ("fail", "Gagalkan")),
    "processed": (("complete", "Sampaikan"), ("fail", "Gagalkan")),
    "completed": (("bounce", "Kembalikan"),),
}


def api(server: Server, method: str, path: list[str], body: dict[str, Any]) -> Reply:  # noqa: PLR0911  one address each
    """Answer the control API below `payouts/`."""
    try:
        if not path and method == "GET":
            return 200, {"results": [iris.wire(row) for row in reversed(list(server.payouts.rows.values()))]}
        if path == ["import"]:
            return 200, {"known": server.payouts.bring_in(list(body.get("payouts", [])))}
        if path == ["holders"]:
            server.payouts.name_holder(str(body.get("bank", "")), str(body.get("account", "*")), str(body.get("name", "")))
            return 200, {"ok": True}
        if len(path) == 2 and path[1] == "faults":  # noqa: PLR2004  <note>/faults
            return 200, server.payouts.set_faults(path[0], body) if method == "POST" else server.payouts.fault(path[0])
        if len(path) == 2 and method == "POST":  # noqa: PLR2004  <number>/<verb>
            return 200, iris.wire(iris.act(server, path[0], path[1]))
    except Denied as denial:
        return denial.status, denial.body
    except (KeyError, TypeError, ValueError) as error:
        return 400, {"error": str(error)}
    return 404, {"error": "not found"}


def press(server: Server, path: list[str], form: dict[str, list[str]]) -> str:
    """A button on the page was pressed; return where to go."""
    try:
        if path[1:] == ["faults"]:
            given = {name: form.get(name, [""])[0].strip() or None for name in KNOBS}
            server.payouts.set_faults(path[0], given)
        elif len(path) == 2:  # noqa: PLR2004  <number>/<verb>
            iris.act(server, path[0], path[1])
    except Denied:
        return "/iris/"
    return "/iris/"


def page(server: Server) -> tuple[int, str]:
    """The page where the "bank" pays out."""
    rows = list(reversed(list(server.payouts.rows.values())))[:SHOWN]
    cards = "".join(_card(server, row) for row in rows)
    empty = '<p class="kosong">Belum ada pencairan. Setujui satu di meja keuangan toko.</p>'
    html = Template((HERE / "page.html").read_text(encoding="utf-8"))
    return 200, html.safe_substitute(q="", kata="<h2>Pencairan ke penjual</h2>", kartu=cards or empty)


def _card(server: Server, row: dict[str, Any]) -> str:
    amount = f"Rp{row['amount']:,}".replace(",", ".")
    number, notes = escape(row["reference_no"]), escape(row["notes"])
    buttons = "".join(
        f'<form method="post" action="/iris/{number}/{verb}"><button class="{verb}">{words}</button></form>'
        for verb, words in (*BUTTONS.get(row["status"], ()), ("notify", "Kirim kabar lagi"))
    )
    set_now = server.payouts.fault(row["notes"])
    knobs = "".join(
        f'<label>{name}<input name="{name}" value="{escape(str(set_now.get(name) or ""))}"></label>' for name in KNOBS
    )
    return (
        f'<article class="{escape(row["status"])}"><header><b>{notes}</b><span>{WORDS.get(row["status"], "")}</span></header>'
        f"<p><strong>{amount}</strong> · {escape(row['bank'])} <code>{escape(row['beneficiary_account'])}</code>"
        f' · {escape(row["beneficiary_name"])}</p><div class="tombol">{buttons}</div>'
        f'<details><summary>Gangguan</summary><form method="post" action="/iris/{notes}/faults">'
        f'<div class="knob">{knobs}</div><button>Pasang</button></form></details></article>'
    )
