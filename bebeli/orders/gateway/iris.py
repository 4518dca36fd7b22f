"""Midtrans Payouts (Iris) on httpx: one key makes payouts, another approves them. Amounts travel as `200000.00`.

Source: the provider's Payouts documentation; golden bodies in tests/gateway/test_iris.py. `X-Idempotency-Key` is sent with our
own name for the payout; that the provider heeds it is not relied on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import httpx

from bebeli.orders.gateway import wire
from bebeli.orders.gateway.midtrans import SERVER_ERROR, TOO_MANY, rupiah
from bebeli.orders.gateway.payouts import PayoutOrder, PayoutTruth
from bebeli.orders.gateway.types import GatewayDown, GatewayRefused, NotFound

NAME_LENGTH, NOTES_LENGTH = 100, 100


class Iris:
    """One merchant's access. Calls raise GatewayDown (nobody knows), GatewayRefused (surely not), NotFound; none is retried."""

    def __init__(self, base_url: str, creator_key: str, approver_key: str, timeout: float = 5.0) -> None:
        self._keys = {"creator": httpx.BasicAuth(creator_key, ""), "approver": httpx.BasicAuth(approver_key, "")}
        self._client = wire.bounded(
            httpx.Client(
                base_url=base_url.rstrip("/"),
                headers={"Accept": "application/json"},
                timeout=timeout,
                limits=httpx.Limits(max_connections=10, max_keepalive_connections=5),
            )
        )

    def close(self) -> None:
        """Close kept connections."""
        self._client.close()

    def create(self, order: PayoutOrder) -> str:
        """Make one payout, queued until it is approved; returns the provider's number of it."""
        body = {
            "payouts": [
                {
                    "beneficiary_name": order.name[:NAME_LENGTH],
                    "beneficiary_account": order.account,
                    "beneficiary_bank": order.bank,
                    "amount": f"{order.amount}.00",
                    "notes": order.notes[:NOTES_LENGTH],
                }
            ]
        }
        answer = self._call("creator", "POST", "/api/v1/payouts", body, {"X-Idempotency-Key": order.notes})
        rows = answer.get("payouts") if isinstance(answer, dict) else None
        number = rows[0].get("reference_no") if isinstance(rows, list) and rows and isinstance(rows[0], dict) else None
        if not isinstance(number, str) or not number:
            message = "no reference_no"
            raise GatewayDown(message)
        return number

    def approve(self, reference_no: str) -> None:
        """Say the second yes."""
        self._call("approver", "POST", "/api/v1/payouts/approve", {"reference_nos": [reference_no]})

    def details(self, reference_no: str) -> PayoutTruth:
        """Return the truth about one. The provider asks not to be asked before ten minutes have gone."""
        return _truth(self._call("creator", "GET", f"/api/v1/payouts/{reference_no}"))

    def numbers_since(self, first: date, last: date) -> list[str]:
        """Return the provider's numbers of what was paid out on some days, to look for one by its note."""
        days = {"from_date": first.isoformat(), "to_date": last.isoformat()}
        answer = self._call("creator", "GET", "/api/v1/statements", params=days)
        rows = answer if isinstance(answer, list) else []
        numbers = [row.get("reference_no") for row in rows if isinstance(row, dict)]
        return list(dict.fromkeys(number for number in numbers if isinstance(number, str) and number))

    def holder(self, bank: str, account: str) -> str:
        """Return the name a bank has for a number. Raises NotFound where it has none."""
        try:
            answer = self._call("creator", "GET", "/api/v1/account_validation", params={"bank": bank, "account": account})
        except GatewayRefused as error:
            raise NotFound(str(error)) from error
        return str(answer.get("account_name") or "") if isinstance(answer, dict) else ""

    def _call(
        self,
        key: str,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        params: Mapping[str, str] | None = None,
    ) -> Any:
        auth = self._keys[key]
        reply = wire.exchange(self._client, method, path, json=body, headers=headers, params=params, auth=auth)
        if reply.status_code >= SERVER_ERROR or reply.status_code == TOO_MANY:
            message = f"HTTP {reply.status_code}"
            raise GatewayDown(message)
        try:
            answer = reply.json()
        except ValueError as error:
            message = "not JSON"
            raise GatewayDown(message) from error
        if reply.status_code == httpx.codes.NOT_FOUND:
            raise NotFound(path)
        if reply.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN} and method == "GET":
            message = f"HTTP {reply.status_code}"  # our key is wrong: that says nothing about what was asked for
            raise GatewayDown(message)
        if not httpx.codes.is_success(reply.status_code):
            raise GatewayRefused(str(reply.status_code), _why(answer))
        return answer


def _why(answer: Any) -> str:
    """Return what the provider has against it: its message, and the errors by field where it names them."""
    if not isinstance(answer, dict):
        return "refused"
    errors = answer.get("errors")
    more = f": {errors}" if errors else ""
    return f"{answer.get('error_message') or 'refused'}{more}"[:200]


def _truth(answer: Any) -> PayoutTruth:
    if not isinstance(answer, dict):
        message = "not an object"
        raise GatewayDown(message)
    why = " ".join(str(answer[name]) for name in ("error_code", "error_message") if answer.get(name))
    return PayoutTruth(
        reference_no=str(answer.get("reference_no") or ""),
        status=str(answer.get("status") or "").lower(),
        amount=rupiah(answer.get("amount")),
        account=str(answer.get("beneficiary_account") or ""),
        notes=str(answer.get("notes") or ""),
        why=why[:200],
    )
