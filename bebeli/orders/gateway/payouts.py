"""What is said to and heard from a provider of payouts, as plain values. Money is whole rupiah."""

from __future__ import annotations

from dataclasses import dataclass

FAILED = frozenset({"failed", "rejected"})


@dataclass(frozen=True)
class PayoutOrder:
    """What to pay: `notes` is our own name for it, `bank` the provider's name of the bank."""

    notes: str
    amount: int
    bank: str
    account: str
    name: str


@dataclass(frozen=True)
class PayoutTruth:
    """What the provider says about a payout now: queued, approved, rejected, processed, completed or failed."""

    reference_no: str
    status: str
    amount: int
    account: str
    notes: str
    why: str = ""

    @property
    def is_completed(self) -> bool:
        """Whether the money arrived."""
        return self.status == "completed"

    @property
    def is_failed(self) -> bool:
        """Whether it will never arrive, or came back."""
        return self.status in FAILED

    @property
    def is_queued(self) -> bool:
        """Whether it still waits for the second key."""
        return self.status == "queued"
