"""The provider's Payouts API over HTTP, and the messages it sends about them."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from typing import TYPE_CHECKING, Any

from simulator.core import CUT
from simulator.payouts import Denied

if TYPE_CHECKING:
    from simulator.server import Server

Reply = tuple[int, Any]
BANK_SECONDS = 2.0


def basic(key: str) -> str:
    """Return the header of a key."""
    return "Basic " + base64.b64encode(f"{key}:".encode()).decode()


def wire(payout: dict[str, Any]) -> dict[str, Any]:
    """A payout as the provider writes it."""
    body = {name: value for name, value in payout.items() if name != "sent"}
    return {**body, "amount": f"{payout['amount']}.00"}


def answer(  # noqa: PLR0911  one address each; what makes up one request
    server: Server, method: str, path: list[str], query: dict[str, list[str]], body: dict[str, Any], headers: Any
) -> Reply:
    """Answer one call; the creator's key makes and asks, only the approver's approves."""
    given, keys = headers.get("Authorization", ""), server.iris_keys
    is_approval = path == ["payouts", "approve"]
    if given != basic(keys.approver if is_approval else keys.creator):
        return 401, {"error_message": "Access denied"}
    payouts = server.payouts
    try:
        if path == ["payouts"] and method == "POST":
            return _create(server, body, headers.get("X-Idempotency-Key", ""))
        if path == ["payouts", "approve"] and method == "POST":
            return _approve(server, body)
        if len(path) == 2 and path[0] == "payouts" and method == "GET":  # noqa: PLR2004  payouts/<number>
            return _details(server, path[1])
        if path == ["statements"]:
            return 200, [{**wire(row), "type": "Payout"} for row in payouts.rows.values()]
        if path == ["account_validation"]:
            bank, account = query.get("bank", [""])[0], query.get("account", [""])[0]
            return 200, {"account_name": payouts.holder(account, bank), "account_no": account, "bank_name": bank}
    except Denied as denial:
        return denial.status, denial.body
    return 404, {"error_message": "not found"}


def _create(server: Server, body: dict[str, Any], key: str) -> Reply:
    rows = body.get("payouts") or [{}]
    notes = str(rows[0].get("notes", "")) if isinstance(rows, list) and isinstance(rows[0], dict) else ""
    if fault := server.payouts.wait(notes):
        return CUT if fault < 0 else (fault, {"error_message": "fault"})
    made = server.payouts.create(body, key)
    if server.payouts.fault(notes).get("lose_reply"):
        server.payouts.set_faults(notes, {"lose_reply": None})
        return CUT
    return 201, {"payouts": [{"status": row["status"], "reference_no": row["reference_no"]} for row in made]}


def _approve(server: Server, body: dict[str, Any]) -> Reply:
    rows = server.payouts.approve(list(body.get("reference_nos") or []))
    for row in rows:
        if server.iris_pace and not server.payouts.fault(row["notes"]).get("hold"):
            threading.Thread(target=_work, args=(server, row["reference_no"]), daemon=True).start()
    return 202, {"status": "ok"}


def _details(server: Server, reference_no: str) -> Reply:
    payout = server.payouts.find(reference_no)
    if fault := server.payouts.wait(payout["notes"]):
        return CUT if fault < 0 else (fault, {"error_message": "fault"})
    return 200, wire(payout)


def _work(server: Server, reference_no: str) -> None:
    """The bank takes a moment, and then does as the knobs say."""
    time.sleep(server.iris_pace)
    fault = server.payouts.fault(server.payouts.find(reference_no)["notes"])
    try:
        act(server, reference_no, "fail" if fault.get("fail") else "complete")
        if fault.get("bounce"):
            time.sleep(server.iris_pace)
            act(server, reference_no, "bounce")
    except Denied:
        return


def act(server: Server, reference_no: str, verb: str) -> dict[str, Any]:
    """Do what a button or a tool asks, then tell the shop; raises Denied."""
    moves = {"process": ("processed", ""), "complete": ("completed", ""), "fail": ("failed", "Beneficiary account closed")}
    moves["bounce"] = ("failed", "Returned by the beneficiary's bank")
    if verb == "notify":
        payout = server.payouts.find(reference_no)
    elif verb in moves:
        payout = server.payouts.move(reference_no, *moves[verb])
    else:
        raise Denied(404, f"unknown verb {verb}")
    tell(server, payout)
    return payout


def tell(server: Server, payout: dict[str, Any]) -> None:
    """Send the present state to the shop, as the knobs say: dropped, later, many times, wrongly signed."""
    fault = server.payouts.fault(payout["notes"])
    if fault.get("drop") or not server.iris_keys.notify_url:
        return
    body = {
        name: payout[name] for name in ("reference_no", "status", "updated_at", "error_code", "error_message") if name in payout
    }
    raw = json.dumps({**body, "amount": f"{payout['amount']}.00"}).encode()
    signature = hashlib.sha512(raw + server.iris_keys.merchant.encode()).hexdigest()
    if fault.get("corrupt_signature"):
        signature = "0" * 128
    for _time in range(1 + int(fault.get("duplicate") or 0)):
        server.postman.send(server.iris_keys.notify_url, raw, {"Iris-Signature": signature}, float(fault.get("delay_s") or 0))
