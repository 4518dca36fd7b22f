"""The payout side: made with one key, approved with the other, completed by the bank a moment later; a knob for each fault."""

from __future__ import annotations

import threading
import time
import uuid
from typing import Any

from simulator.bank import Bank

Payout = dict[str, Any]
KNOBS = ("lose_reply", "answer", "bounce", "duplicate", "delay_s", "drop", "corrupt_signature", "fail", "hold")
OPEN = ("queued", "approved", "processed")


class Denied(Exception):  # noqa: N818  it is an answer
    """No, with a status and what is wrong."""

    def __init__(self, status: int, message: str, errors: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error_message": message, **({"errors": errors} if errors else {})}


class Payouts:
    """All payouts of one merchant, kept beside the bank's transactions."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self.lock = threading.RLock()
        self.rows: dict[str, Payout] = bank.load("payout")
        self.faults: dict[str, dict[str, Any]] = bank.load("payout_fault")
        self.keys: dict[str, str] = bank.load("payout_key")
        self.holders: dict[str, str] = bank.load("holder")

    def fault(self, notes: str) -> dict[str, Any]:
        """Return the knobs for one note; those for `*` hold for all."""
        return {**self.faults.get("*", {}), **self.faults.get(notes, {})}

    def set_faults(self, notes: str, knobs: dict[str, Any]) -> dict[str, Any]:
        """Set knobs, also before the payout exists; a null takes one off."""
        with self.lock:
            kept = {**self.faults.get(notes, {}), **{name: value for name, value in knobs.items() if name in KNOBS}}
            self.faults[notes] = {name: value for name, value in kept.items() if value is not None}
            self.bank.keep("payout_fault", notes, self.faults[notes])
            return self.faults[notes]

    def create(self, request: dict[str, Any], key: str) -> list[Payout]:
        """Make what is asked for, queued; the same idempotency key again gives the same. Raises Denied 400."""
        wanted = request.get("payouts")
        if not isinstance(wanted, list) or not wanted:
            raise Denied(400, "An error occurred when creating payouts", {"0": ["payouts can't be blank"]})
        with self.lock:
            if key and key in self.keys:
                return [self.rows[self.keys[key]]]
            made = [self._made(row) for row in wanted]
            if key:
                self.keys[key] = made[0]["reference_no"]
                self.bank.keep("payout_key", key, self.keys[key])
            return made

    def _made(self, row: dict[str, Any]) -> Payout:
        whole, _dot, cents = str(row.get("amount", "")).partition(".")
        account = str(row.get("beneficiary_account", ""))
        if not whole.isdigit() or int(whole) <= 0 or cents.strip("0"):
            raise Denied(400, "An error occurred when creating payouts", {"0": ["Amount is invalid"]})
        if not account.isdigit() or not row.get("beneficiary_bank"):
            raise Denied(400, "An error occurred when creating payouts", {"0": ["Beneficiary account is invalid"]})
        payout: Payout = {
            "reference_no": uuid.uuid4().hex[:14],
            "amount": int(whole),
            "beneficiary_name": str(row.get("beneficiary_name", "")),
            "beneficiary_account": account,
            "bank": str(row["beneficiary_bank"]),
            "notes": str(row.get("notes", "")),
            "status": "queued",
            "created_at": self.bank.stamp(),
            "updated_at": self.bank.stamp(),
            "sent": [],
        }
        self.rows[payout["reference_no"]] = payout
        self._keep(payout)
        return payout

    def _keep(self, payout: Payout) -> None:
        payout["updated_at"] = self.bank.stamp()
        self.bank.keep("payout", payout["reference_no"], payout)

    def find(self, reference_no: str) -> Payout:
        """Return one; raises Denied 404."""
        if reference_no not in self.rows:
            raise Denied(404, "Payout not found")
        return self.rows[reference_no]

    def approve(self, numbers: list[str]) -> list[Payout]:
        """Say the second yes; raises Denied 400 for one that waits no more, 404 for one that is not."""
        with self.lock:
            rows = [self.find(str(number)) for number in numbers]
            if any(row["status"] != "queued" for row in rows):
                raise Denied(400, "An error occurred when approving payouts", {"0": ["Payout is not queued"]})
            for row in rows:
                row["status"] = "approved"
                self._keep(row)
            return rows

    def move(self, reference_no: str, status: str, error: str = "") -> Payout:
        """The bank did something: processed, completed, failed; a completed one that fails came back."""
        with self.lock:
            payout = self.find(reference_no)
            if payout["status"] not in OPEN and not (payout["status"] == "completed" and status == "failed"):
                raise Denied(409, f"payout is {payout['status']}")
            payout["status"] = status
            if error:
                payout["error_code"], payout["error_message"] = "012", error
            self._keep(payout)
            return payout

    def holder(self, account: str, bank: str) -> str:
        """Return whose an account is: what was said on the control side; '0000…' belongs to nobody."""
        if account.startswith("0000"):
            raise Denied(404, "An error occurred when doing account validation", {"account": ["Bank account not exists"]})
        return self.holders.get(f"{bank}:{account}", self.holders.get("*", "PEMILIK UJI"))

    def name_holder(self, bank: str, account: str, name: str) -> None:
        """Say whose an account is; `*` for all others."""
        with self.lock:
            where = "*" if account == "*" else f"{bank}:{account}"
            self.holders[where] = name
            self.bank.keep("holder", where, name)

    def bring_in(self, rows: list[dict[str, Any]]) -> int:
        """Learn payouts that happened before this process: the demo's story."""
        for row in rows:
            payout = {"sent": [], "created_at": self.bank.stamp(), "status": "completed", **row}
            self.rows[payout["reference_no"]] = payout
            self._keep(payout)
        return len(rows)

    def wait(self, notes: str) -> int:
        """Return the status that a knob asks for, 0 for none; a timeout sleeps first and gives -1."""
        wanted = self.fault(notes).get("answer")
        if wanted == "timeout":
            time.sleep(6)
            return -1
        return int(wanted or 0)
