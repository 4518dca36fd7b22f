"""Transactions and what may happen to them, behind one lock, kept in SQLite."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

from simulator import numbers

WIB = timezone(timedelta(hours=7))
TIME = "%Y-%m-%d %H:%M:%S"
VA_EXPIRY, QR_EXPIRY = timedelta(hours=24), timedelta(minutes=15)
REFUNDABLE = frozenset({"qris", "gopay", "shopeepay", "credit_card"})
REVERSIBLE = frozenset({"permata", "echannel"})
Transaction = dict[str, Any]


class Refusal(Exception):  # noqa: N818  it is an answer
    """A body with a status code that says no."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.body = {"status_code": code, "status_message": message}


class Bank:
    """All transactions of one merchant."""

    def __init__(self, path: str, merchant_id: str, base_url: str) -> None:
        self.merchant_id = merchant_id
        self.base_url = base_url
        self.lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, data TEXT, PRIMARY KEY (kind, key))")
        self.transactions: dict[str, Transaction] = self.load("tx")
        self.faults: dict[str, dict[str, Any]] = self.load("fault")
        self._by_transaction = {tx["transaction_id"]: order for order, tx in self.transactions.items()}
        self.advanced = float(self.load("clock").get("clock", {}).get("s", 0))

    def load(self, kind: str) -> dict[str, Any]:
        """Read what was kept of a kind."""
        rows = self._db.execute("SELECT key, data FROM kept WHERE kind = ? ORDER BY rowid", [kind])
        return {key: json.loads(data) for key, data in rows}

    def keep(self, kind: str, key: str, data: Any) -> None:
        """Write through to the file."""
        self._db.execute(
            "INSERT INTO kept VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET data = excluded.data",
            [kind, key, json.dumps(data)],
        )

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def now(self) -> datetime:
        """The bank's own clock."""
        return datetime.now(tz=WIB) + timedelta(seconds=self.advanced)

    def stamp(self) -> str:
        """The bank's time on the wire."""
        return self.now().strftime(TIME)

    def advance(self, seconds: float) -> list[str]:
        """Move the clock and return the orders that expired."""
        with self.lock:
            self.advanced += seconds
            self.keep("clock", "clock", {"s": self.advanced})
            return self.expire_due()

    def expire_due(self) -> list[str]:
        """Expire what is pending past its time; returns the orders."""
        with self.lock:
            now = self.now().strftime(TIME)
            due = [o for o, tx in self.transactions.items() if tx["status"] == "pending" and tx["expiry_time"] <= now]
            for order_id in due:
                self._set(order_id, "expire")
            return due

    def find(self, key: str) -> Transaction:
        """Return a transaction by order id or transaction id; raises Refusal 404."""
        self.expire_due() if key not in self._by_transaction else None
        order_id = self._by_transaction.get(key, key)
        try:
            return self.transactions[order_id]
        except KeyError as error:
            raise Refusal("404", "Transaction doesn't exist.") from error

    def fault(self, order_id: str) -> dict[str, Any]:
        """Return the knobs set for an order."""
        return self.faults.get(order_id, {})

    def charge(self, request: dict[str, Any]) -> Transaction:
        """Open a charge; raises Refusal 400, 402 or 406."""
        details = request.get("transaction_details") or {}
        order_id, gross = str(details.get("order_id", "")), details.get("gross_amount")
        if not order_id or not isinstance(gross, int) or gross <= 0:
            raise Refusal("400", "One or more parameters in the payload is invalid.")
        lines = request.get("item_details")
        if lines and sum(int(line["price"]) * int(line["quantity"]) for line in lines) != gross:
            raise Refusal("400", "transaction_details.gross_amount is not equal to the sum of item_details")
        kind = request.get("payment_type", "")
        if kind not in {"bank_transfer", "echannel", "qris", "gopay", "shopeepay"}:
            raise Refusal("402", "Payment channel is not activated.")
        with self.lock:
            if order_id in self.transactions:
                raise Refusal("406", "The request could not be completed due to a conflict with the current state")
            bank = (request.get("bank_transfer") or {}).get("bank", "")
            tx: Transaction = {
                "order_id": order_id,
                "transaction_id": str(uuid.uuid4()),
                "payment_type": kind,
                "bank": bank,
                "gross_amount": gross,
                "status": "pending",
                "transaction_time": self.stamp(),
                "expiry_time": self._expiry(request, kind).strftime(TIME),
                "settlement_time": "",
                "refunds": [],
                "customer": (request.get("customer_details") or {}).get("first_name", ""),
                "callback_url": str((request.get(kind) or {}).get("callback_url") or ""),
                "sent": [],
                **numbers.given(kind, bank, order_id, gross),
            }
            self.add(tx)
            return tx

    def _expiry(self, request: dict[str, Any], kind: str) -> datetime:
        wanted = request.get("custom_expiry") or {}
        scale = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}.get(str(wanted.get("unit", "minute")), 60)
        if "expiry_duration" in wanted:
            return self.now() + timedelta(seconds=int(wanted["expiry_duration"]) * scale)
        return self.now() + (VA_EXPIRY if kind in {"bank_transfer", "echannel"} else QR_EXPIRY)

    def add(self, tx: Transaction) -> None:
        """Know a transaction."""
        with self.lock:
            self.transactions[tx["order_id"]] = tx
            self._by_transaction[tx["transaction_id"]] = tx["order_id"]
            self.keep("tx", tx["order_id"], tx)

    def _set(self, order_id: str, status: str) -> Transaction:
        tx = self.transactions[order_id]
        tx["status"] = status
        self.keep("tx", order_id, tx)
        return tx

    def move(self, key: str, status: str, allowed: Callable[[Transaction], bool]) -> Transaction:
        """Change a status where it may be changed; raises Refusal 412 elsewhere."""
        with self.lock:
            tx = self.find(key)
            if not allowed(tx):
                raise Refusal("412", "Merchant cannot modify the status of the transaction")
            if status == "settlement":
                tx["settlement_time"] = self.stamp()
            return self._set(tx["order_id"], status)

    def pay(self, key: str) -> Transaction:
        """The customer pays."""
        return self.move(key, "settlement", lambda tx: tx["status"] == "pending")

    def end(self, key: str, status: str) -> Transaction:
        """Expire, cancel or deny what is pending."""
        return self.move(key, status, lambda tx: tx["status"] == "pending")

    def take_back(self, key: str, status: str) -> Transaction:
        """Reverse (`deny`) or charge back what was settled."""
        return self.move(key, status, lambda tx: tx["status"] in {"settlement", "partial_refund"})

    def give_again(self, key: str) -> Transaction:
        """What was reversed or charged back came again."""
        taken = {"deny", "chargeback", "partial_chargeback"}
        return self.move(key, "settlement", lambda tx: tx["status"] in taken and bool(tx["settlement_time"]))

    def refund(self, key: str, request: dict[str, Any]) -> Transaction:
        """Ask for money back; raises Refusal 412, 414 or 406."""
        with self.lock:
            tx = self.find(key)
            amount = int(request.get("amount") or tx["gross_amount"])
            refund_key = str(request.get("refund_key") or uuid.uuid4())
            if tx["payment_type"] not in REFUNDABLE or tx["status"] not in {"settlement", "partial_refund"}:
                raise Refusal("412", "Merchant cannot modify the status of the transaction")
            if any(row["refund_key"] == refund_key for row in tx["refunds"]):
                raise Refusal("406", "Duplicate refund ID")
            left = tx["gross_amount"] - sum(row["amount"] for row in tx["refunds"])
            if not 0 < amount <= left:
                raise Refusal("414", "Refund request is rejected due to invalid amount")
            tx["refunds"].append(
                {
                    "refund_key": refund_key,
                    "amount": amount,
                    "reason": str(request.get("reason", "")),
                    "created_at": self.stamp(),
                    "bank_confirmed_at": "",
                }
            )
            return self._set(tx["order_id"], "refund" if amount == left else "partial_refund")

    def refund_at_dashboard(self, key: str, amount: int = 0) -> Transaction:
        """Somebody gives all that is left, or an amount, back on the provider's own pages; raises Refusal 412 or 414."""
        with self.lock:
            tx = self.find(key)
            left = tx["gross_amount"] - sum(row["amount"] for row in tx["refunds"])
            return self.refund(key, {"amount": amount or left, "refund_key": f"dashboard-{uuid.uuid4()}", "reason": "dashboard"})

    def take_part_back(self, key: str, amount: int = 0) -> Transaction:
        """A bank charges a part back; without an amount the provider does not say how much."""
        with self.lock:
            tx = self.take_back(key, "partial_chargeback")
            tx["taken"] = amount
            self.keep("tx", tx["order_id"], tx)
            return tx

    def confirm_refunds(self, key: str) -> Transaction:
        """The bank says that the money is back."""
        with self.lock:
            tx = self.find(key)
            for row in tx["refunds"]:
                row["bank_confirmed_at"] = row["bank_confirmed_at"] or self.stamp()
            self.keep("tx", tx["order_id"], tx)
            return tx

    def set_faults(self, order_id: str, knobs: dict[str, Any]) -> dict[str, Any]:
        """Set knobs, also before the charge exists; a null takes one off."""
        with self.lock:
            kept = {**self.fault(order_id), **knobs}
            self.faults[order_id] = {name: value for name, value in kept.items() if value is not None}
            self.keep("fault", order_id, self.faults[order_id])
            return self.faults[order_id]

    def bring_in(self, rows: list[dict[str, Any]]) -> int:
        """Learn transactions that happened before this process: the demo's story."""
        for row in rows:
            kind, bank = row["payment_type"], row.get("bank", "")
            made = numbers.given(kind, bank, row["order_id"], int(row["gross_amount"]))
            self.add(
                {
                    "settlement_time": "",
                    "refunds": [],
                    "customer": "",
                    "sent": [],
                    "bank": bank,
                    "expiry_time": self.stamp(),
                    **made,
                    **row,
                    "gross_amount": int(row["gross_amount"]),
                }
            )
        return len(rows)

    def note_sent(self, order_id: str, what: str, reply: str) -> None:
        """Remember a notification for the control page."""
        with self.lock:
            tx = self.transactions.get(order_id)
            if tx is not None:
                tx["sent"] = [*tx["sent"][-19:], {"at": self.stamp(), "what": what, "reply": reply}]
                self.keep("tx", order_id, tx)

    def wait(self, order_id: str) -> None:
        """Sleep when the knob says that the status answer times out."""
        if self.fault(order_id).get("status_answer") == "timeout":
            time.sleep(8)
