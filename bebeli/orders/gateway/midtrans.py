"""Midtrans Core API on httpx. The HTTP status is not the result: the body's `status_code` and `transaction_status` are.

Source: the provider's Core API documentation; golden bodies in tests/gateway.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

import httpx

from bebeli.orders.gateway import deeplinks, wire
from bebeli.orders.gateway.types import (
    Charge,
    ChargeRequest,
    Duplicate,
    GatewayDown,
    GatewayRefused,
    NotFound,
    RefundReply,
    RefundSeen,
    Truth,
)

WIB = timezone(timedelta(hours=7))
TIME = "%Y-%m-%d %H:%M:%S"
BANKS = {"bca_va": "bca", "bni_va": "bni", "bri_va": "bri", "permata_va": "permata"}
PNG = b"\x89PNG\r\n"
TOO_MANY, SERVER_ERROR = 429, 500
NAME_LENGTH = 50
QR_KINDS = {"qris": "qris", "gopay": "gopay"}  # method → the path under which the provider draws its QR


class Midtrans:
    """One merchant's access. Calls raise GatewayDown, GatewayRefused, NotFound or Duplicate; nothing is retried here."""

    def __init__(self, base_url: str, server_key: str, merchant_id: str, timeout: float = 5.0) -> None:
        self.merchant_id = merchant_id
        self.base_url = base_url.rstrip("/")
        self._client = wire.bounded(
            httpx.Client(
                base_url=self.base_url,
                auth=httpx.BasicAuth(server_key, ""),
                headers={"Accept": "application/json"},
                timeout=timeout,
                limits=httpx.Limits(max_connections=50, max_keepalive_connections=20),
            )
        )

    def close(self) -> None:
        """Close kept connections."""
        self._client.close()

    def charge(self, request: ChargeRequest) -> Charge:
        """Open a charge. Raises Duplicate (406) when the order id was charged before, also when that reply was lost."""
        return _charge(self._call("POST", "/v2/charge", charge_body(request)), request.method, self.base_url)

    def charge_of(self, order_id: str) -> Charge:
        """Return the charge that the provider already has under an order id, read from its status.

        A status names virtual accounts only: of a QR it leaves the picture, of a deeplink nothing.
        """
        return _charge(self._call("GET", f"/v2/{order_id}/status"), "", self.base_url)

    def status(self, order_or_transaction_id: str) -> Truth:
        """Return the truth. Raises NotFound when there is no such transaction."""
        return _truth(self._call("GET", f"/v2/{order_or_transaction_id}/status"))

    def expire(self, order_or_transaction_id: str) -> str:
        """Close a pending charge; returns its status. Raises GatewayRefused 412 when it is not pending any more."""
        return _lower(self._call("POST", f"/v2/{order_or_transaction_id}/expire"), "transaction_status")

    def cancel(self, order_or_transaction_id: str) -> str:
        """Cancel a pending charge; returns its status. Raises GatewayRefused 412 when it is not pending any more."""
        return _lower(self._call("POST", f"/v2/{order_or_transaction_id}/cancel"), "transaction_status")

    def refund(self, order_or_transaction_id: str, refund_key: str, amount: int, reason: str) -> RefundReply:
        """Ask for money back, in rupiah. Raises Duplicate for a known key, GatewayRefused 412, 414 or 202 (denied)."""
        body = {"refund_key": refund_key, "amount": amount, "reason": reason[:200]}
        reply = self._call("POST", f"/v2/{order_or_transaction_id}/refund", body)
        if reply.get("status_code") != "200":
            raise GatewayRefused(str(reply.get("status_code")), str(reply.get("status_message", "")))
        return RefundReply(refund_key, amount, _lower(reply, "transaction_status"), reply)

    def qr_address(self, method: str, transaction_id: str) -> str | None:
        """Return where the provider draws the QR of a charge, None for a method without one."""
        kind = QR_KINDS.get(method)
        return f"{self.base_url}/v2/{kind}/{transaction_id}/qr-code" if kind and transaction_id else None

    def qr_png(self, method: str, transaction_id: str) -> bytes:
        """Return the QR code as PNG bytes, always from the configured host. Raises NotFound, GatewayDown."""
        path = self.qr_address(method, transaction_id)
        if path is None:
            raise NotFound(transaction_id)
        reply = wire.exchange(self._client, "GET", path, headers={"Accept": "image/png"})
        if reply.status_code >= SERVER_ERROR or reply.status_code == TOO_MANY:
            message = f"HTTP {reply.status_code}"
            raise GatewayDown(message)
        if reply.status_code != httpx.codes.OK or not reply.content.startswith(PNG):
            raise NotFound(transaction_id)
        return reply.content

    def _call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        reply = wire.exchange(self._client, method, path, json=body)
        if reply.status_code >= SERVER_ERROR or reply.status_code == TOO_MANY:
            message = f"HTTP {reply.status_code}"
            raise GatewayDown(message)
        try:
            answer = reply.json()
        except ValueError as error:
            message = "not JSON"
            raise GatewayDown(message) from error
        if not isinstance(answer, dict):
            message = "not an object"
            raise GatewayDown(message)
        return _checked(answer)


def _checked(answer: dict[str, Any]) -> dict[str, Any]:
    code = str(answer.get("status_code", ""))
    message = str(answer.get("status_message", ""))
    if code == "404":
        raise NotFound(message)
    if code == "406":
        raise Duplicate(message)
    if code.startswith("5") or code == "429":
        words = f"{code} {message}"
        raise GatewayDown(words)
    if code.startswith("4") and code != "407":  # 407 is how an expired transaction is told
        raise GatewayRefused(code, message)
    return answer


def charge_body(request: ChargeRequest) -> dict[str, Any]:
    """Return the JSON of a charge. Raises GatewayRefused for a method we do not offer, ValueError when lines do not add up."""
    if sum(line.price * line.quantity for line in request.lines) != request.amount:
        message = f"lines of {request.order_id} do not add up to {request.amount}"
        raise ValueError(message)
    now = datetime.now(tz=WIB)  # the provider's clock, not business time: it decides when the number closes
    return {
        **_method_body(request.method, request.return_url),
        "transaction_details": {"order_id": request.order_id, "gross_amount": request.amount},
        "item_details": [
            {"id": line.id, "price": line.price, "quantity": line.quantity, "name": line.name[:NAME_LENGTH]}
            for line in request.lines
        ],
        "customer_details": {
            "first_name": request.customer_name[:NAME_LENGTH],
            "email": request.customer_email,
            "phone": request.customer_phone,
        },
        "custom_expiry": {
            "order_time": now.strftime(f"{TIME} +0700"),
            "expiry_duration": request.expires_in_minutes,
            "unit": "minute",
        },
    }


def _method_body(method: str, return_url: str) -> dict[str, Any]:
    if method in BANKS:
        return {"payment_type": "bank_transfer", "bank_transfer": {"bank": BANKS[method]}}
    if method == "mandiri_bill":
        return {"payment_type": "echannel", "echannel": {"bill_info1": "Pembayaran:", "bill_info2": "BEBELI"}}
    if method == "qris":
        return {"payment_type": "qris", "qris": {"acquirer": "gopay"}}
    if method == "gopay":
        back = {"enable_callback": True, "callback_url": return_url} if return_url else {"enable_callback": False}
        return {"payment_type": "gopay", "gopay": back}
    if method == "shopeepay":
        return {"payment_type": "shopeepay", "shopeepay": {"callback_url": return_url} if return_url else {}}
    raise GatewayRefused("method_not_offered", method)


def rupiah(text: object) -> int:
    """Return whole rupiah of `275000.00`; raises GatewayDown for a fraction or anything else."""
    whole, _dot, cents = str(text).partition(".")
    if not whole.lstrip("-").isdigit() or cents.strip("0"):
        message = f"amount {text!r}"
        raise GatewayDown(message)
    return int(whole)


def moment(text: object) -> datetime | None:
    """Return `2020-09-29 11:46:13`, which is WIB without saying so, as an aware time; None for anything else."""
    try:
        return datetime.strptime(str(text), TIME).replace(tzinfo=WIB)
    except ValueError:
        return None


def _lower(answer: Mapping[str, Any], name: str) -> str:
    return str(answer.get(name) or "").lower()


def _charge(answer: dict[str, Any], method: str, base_url: str) -> Charge:
    virtual = (answer.get("va_numbers") or [{}])[0]
    actions = {action.get("name"): action.get("url") for action in answer.get("actions") or []}
    permata = answer.get("permata_va_number")
    return Charge(
        order_id=str(answer.get("order_id", "")),
        transaction_id=str(answer.get("transaction_id", "")),
        status=_lower(answer, "transaction_status"),
        amount=rupiah(answer.get("gross_amount")),
        currency=str(answer.get("currency", "IDR")),
        merchant_id=str(answer.get("merchant_id", "")),
        va_number=permata or virtual.get("va_number"),
        bank="permata" if permata else virtual.get("bank") or BANKS.get(method),
        bill_key=answer.get("bill_key"),
        biller_code=answer.get("biller_code"),
        qr_string=answer.get("qr_string"),
        qr_image_url=actions.get("generate-qr-code"),
        expires_at=moment(answer.get("expiry_time")),
        raw=answer,
        deeplink_url=deeplinks.checked(actions.get("deeplink-redirect"), base_url),
    )


def _truth(answer: dict[str, Any]) -> Truth:
    fraud = answer.get("fraud_status")
    return Truth(
        order_id=str(answer.get("order_id", "")),
        transaction_id=str(answer.get("transaction_id", "")),
        status=_lower(answer, "transaction_status"),
        status_code=str(answer.get("status_code", "")),
        fraud_status=str(fraud).lower() if fraud else None,
        amount=rupiah(answer.get("gross_amount")),
        currency=str(answer.get("currency", "IDR")),
        merchant_id=str(answer.get("merchant_id", "")),
        payment_type=str(answer.get("payment_type", "")),
        paid_at=moment(answer.get("settlement_time")),
        refunds=tuple(_refunds(answer)),
        raw=answer,
        given_back=rupiah(answer["refund_amount"]) if answer.get("refund_amount") else None,
    )


def _refunds(answer: Mapping[str, Any]) -> list[RefundSeen]:
    return [
        RefundSeen(_refund_key(row), rupiah(row.get("refund_amount")), moment(row.get("bank_confirmed_at")))
        for row in answer.get("refunds") or []
    ]


def _refund_key(row: Mapping[str, Any]) -> str:
    return str(row.get("refund_key") or f"#{row.get('refund_chargeback_id', '')}")
