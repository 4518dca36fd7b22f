"""Bodies as the provider writes them: replies, statuses, notifications."""

from __future__ import annotations

import hashlib
from typing import Any

Transaction = dict[str, Any]
STATUS_CODES = {"pending": "201", "expire": "202", "deny": "202", "cancel": "202", "failure": "202"}
CHARGED = {
    "bank_transfer": "Success, Bank Transfer transaction is created",
    "echannel": "OK, Mandiri Bill transaction is successful",
    "qris": "QRIS transaction is created",
    "gopay": "GO-PAY transaction is created",
    "shopeepay": "ShopeePay transaction is created",
}


def _amount(rupiah: int) -> str:
    return f"{rupiah}.00"


def core(tx: Transaction, merchant_id: str) -> dict[str, Any]:
    """What every body about a transaction carries; optional nulls are left out."""
    body: dict[str, Any] = {
        "transaction_id": tx["transaction_id"],
        "order_id": tx["order_id"],
        "merchant_id": merchant_id,
        "gross_amount": _amount(tx["gross_amount"]),
        "currency": "IDR",
        "payment_type": tx["payment_type"],
        "transaction_time": tx["transaction_time"],
        "transaction_status": tx["status"],
        "fraud_status": "accept",
        "expiry_time": tx["expiry_time"],
    }
    if tx.get("va_number"):
        body["va_numbers"] = [{"bank": tx["bank"], "va_number": tx["va_number"]}]
    for name in ("permata_va_number", "bill_key", "biller_code"):
        if tx.get(name):
            body[name] = tx[name]
    if tx["settlement_time"]:
        body["settlement_time"] = tx["settlement_time"]
    if tx["payment_type"] == "qris":
        body["acquirer"] = "gopay"
    if given_back := sum(row["amount"] for row in tx["refunds"]) + tx.get("taken", 0):
        body["refund_amount"] = _amount(given_back)
    if tx["refunds"]:
        body["refunds"] = [_refund(number, row) for number, row in enumerate(tx["refunds"], start=1)]
    return body


def _refund(number: int, row: dict[str, Any]) -> dict[str, Any]:
    body = {
        "refund_chargeback_id": number,
        "refund_amount": _amount(row["amount"]),
        "created_at": row["created_at"],
        "reason": row["reason"],
        "refund_key": row["refund_key"],
        "refund_method": "online",
    }
    if row["bank_confirmed_at"]:
        body["bank_confirmed_at"] = row["bank_confirmed_at"]
    return body


def charged(tx: Transaction, merchant_id: str, base_url: str) -> dict[str, Any]:
    """The reply to a charge."""
    body = {"status_code": "201", "status_message": CHARGED[tx["payment_type"]], **core(tx, merchant_id)}
    if tx["payment_type"] == "qris":
        body["qr_string"] = tx["qr_string"]
    if actions := _actions(tx, base_url):
        body["actions"] = actions
    return body


def _actions(tx: Transaction, base_url: str) -> list[dict[str, str]]:
    """What the customer or the shop may call: a QR for QRIS and GoPay, a way into the app for the wallets."""
    kind, key = tx["payment_type"], tx["transaction_id"]
    qr = {"name": "generate-qr-code", "method": "GET", "url": f"{base_url}/v2/{kind}/{key}/qr-code"}
    app = {"name": "deeplink-redirect", "method": "GET", "url": f"{base_url}/{kind}/ui/checkout?referenceid={key}"}
    if kind == "qris":
        return [qr]
    if kind == "shopeepay":
        return [app]
    if kind == "gopay":
        status = {"name": "get-status", "method": "GET", "url": f"{base_url}/v2/{key}/status"}
        return [qr, app, status, {"name": "cancel", "method": "POST", "url": f"{base_url}/v2/{key}/cancel"}]
    return []


def status(tx: Transaction, merchant_id: str, server_key: str) -> dict[str, Any]:
    """The reply to a status question."""
    code = "407" if tx["status"] == "expire" else STATUS_CODES.get(tx["status"], "200")
    body = {"status_code": code, "status_message": "Success, transaction is found", **core(tx, merchant_id)}
    body["signature_key"] = signature(tx["order_id"], code, body["gross_amount"], server_key)
    return body


def notification(
    tx: Transaction, merchant_id: str, server_key: str, faults: dict[str, Any], *, moment: str = ""
) -> dict[str, Any]:
    """A notification of the present state, bent by the knobs."""
    body = {
        "status_code": STATUS_CODES.get(tx["status"], "200"),
        "status_message": "midtrans payment notification",
        **core(tx, str(faults.get("merchant_id") or merchant_id)),
    }
    if faults.get("gross_amount"):
        body["gross_amount"] = _amount(int(float(faults["gross_amount"])))
    if moment:
        body["sent_at"] = moment
    body["signature_key"] = signature(body["order_id"], body["status_code"], body["gross_amount"], server_key)
    if faults.get("corrupt_signature"):
        body["signature_key"] = "0" * 8 + body["signature_key"][8:]
    return body


def signature(order_id: str, status_code: str, gross_amount: str, server_key: str) -> str:
    """SHA-512 over the four strings."""
    return hashlib.sha512(f"{order_id}{status_code}{gross_amount}{server_key}".encode()).hexdigest()
