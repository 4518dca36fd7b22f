"""The provider's Core API over the bank, with the faults that were asked for."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING, Any

import segno

from simulator import bodies
from simulator.bank import Refusal

if TYPE_CHECKING:
    from simulator.server import Server

Reply = tuple[int, dict[str, Any]]
CUT: Reply = (0, {})
SLOW_SECONDS = 8


def answer(server: Server, method: str, path: list[str], request: dict[str, Any]) -> Reply:
    """Answer one Core call; `CUT` means that the connection shall break without a word."""
    try:
        if method == "POST" and path == ["v2", "charge"]:
            return _charge(server, request)
        if method == "POST" and path[:2] == ["snap", "v1"]:
            return _snap(request)
        if len(path) == 3:  # noqa: PLR2004  v2/<id>/<verb>
            return _about(server, method, path[1], path[2], request)
    except Refusal as refusal:
        return 200, refusal.body
    return 404, {"status_code": "404", "status_message": "The requested resource is not found"}


def _charge(server: Server, request: dict[str, Any]) -> Reply:
    order_id = str((request.get("transaction_details") or {}).get("order_id", ""))
    if fault := _fault_answer(server, order_id):
        return fault
    tx = server.bank.charge(request)
    if server.bank.fault(order_id).get("lose_reply"):
        server.bank.set_faults(order_id, {"lose_reply": None})
        return CUT
    server.postman.notify(order_id)
    return 201, bodies.charged(tx, server.bank.merchant_id, server.bank.base_url)


def _snap(request: dict[str, Any]) -> Reply:
    details = request.get("transaction_details") or {}
    if not details.get("order_id"):
        return 400, {"error_messages": ["transaction_details.order_id is required"]}
    token = f"snap-{details['order_id']}"
    return 201, {"token": token, "redirect_url": f"/?q={details['order_id']}"}


def _fault_answer(server: Server, order_id: str) -> Reply | None:
    fault = server.bank.fault(order_id).get("status_answer")
    if fault == "timeout":
        time.sleep(SLOW_SECONDS)
        return CUT
    if fault:
        return int(fault), {"status_code": str(fault), "status_message": "fault"}
    return None


def _about(server: Server, method: str, key: str, verb: str, request: dict[str, Any]) -> Reply:
    bank = server.bank
    tx = bank.find(key)
    order_id = tx["order_id"]
    if fault := _fault_answer(server, order_id):
        return fault
    if method == "GET" and verb == "status":
        return 200, bodies.status(tx, bank.merchant_id, server.server_key)
    if method != "POST":
        return 405, {"status_code": "405", "status_message": "Method not allowed"}
    if verb == "refund":
        bank.refund(key, request)
        server.postman.notify(order_id)
        return 200, _refunded(server, tx, request)
    ends = {"expire": "expire", "cancel": "cancel", "deny": "deny"}
    if verb not in ends:
        raise Refusal("412", "Merchant cannot modify the status of the transaction")
    bank.end(key, ends[verb])
    server.postman.notify(order_id)
    code = "407" if verb == "expire" else "200"
    message = f"Success, transaction is {ends[verb]}"
    return 200, {"status_code": code, "status_message": message, **bodies.core(tx, bank.merchant_id)}


def _refunded(server: Server, tx: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
    body = bodies.core(tx, server.bank.merchant_id)
    body["refund_key"] = request.get("refund_key", "")
    return {"status_code": "200", "status_message": "Success, refund request is approved by the bank", **body}


def qr_png(server: Server, transaction_id: str) -> bytes | None:
    """Return the QR picture of a transaction, or None."""
    try:
        text = server.bank.find(transaction_id).get("qr_string")
    except Refusal:
        return None
    if not text:
        return None
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="png", scale=8, border=3)
    return out.getvalue()
