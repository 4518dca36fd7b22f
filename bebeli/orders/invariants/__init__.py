"""What must always be true of the books, each as one query that returns only violations."""

from __future__ import annotations

from bebeli.orders.invariants.chain import CHAIN
from bebeli.orders.invariants.complaints import COMPLAINTS
from bebeli.orders.invariants.documents import DOCUMENTS
from bebeli.orders.invariants.doubles import DOUBLES
from bebeli.orders.invariants.ledger import LEDGER
from bebeli.orders.invariants.messages import MESSAGES
from bebeli.orders.invariants.outsides import OUTSIDES
from bebeli.orders.invariants.payments import PAYMENTS
from bebeli.orders.invariants.payouts import PAYOUTS
from bebeli.orders.invariants.reconciliation import RECONCILIATION
from bebeli.orders.invariants.refunds import REFUNDS
from bebeli.orders.invariants.sale import SALE
from bebeli.orders.invariants.shelf import SHELF
from bebeli.orders.invariants.slips import SLIPS
from bebeli.orders.invariants.suspicions import SUSPICIONS
from bebeli.orders.invariants.transfers import TRANSFERS
from bebeli.orders.invariants.types import Invariant
from bebeli.orders.invariants.vouchers import VOUCHERS

EVERY = (
    *(*LEDGER, *PAYMENTS, *SHELF, *MESSAGES, *TRANSFERS, *CHAIN, *SALE, *DOCUMENTS, *SLIPS, *RECONCILIATION, *PAYOUTS),
    *(*REFUNDS, *SUSPICIONS, *COMPLAINTS, *VOUCHERS, *OUTSIDES, *DOUBLES),
)
ALL: tuple[Invariant, ...] = tuple(sorted(EVERY, key=lambda rule: rule.code))
ABSENT: dict[str, str] = {}  # numbers that are promised but have no tables yet, and why

__all__ = ["ABSENT", "ALL", "Invariant"]
