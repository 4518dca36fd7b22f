"""What the house should do, in plain Python: stock, purchases, attempts, orders and refunds as a child would draw them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

OPEN = {"created", "pending", "denied"}
LIVE = {"created", "pending"}
MONEY_HERE = {"paid", "processing", "shipped", "delivered"}
RANKS = {"pending": 10, "deny": 20, "expire": 20, "settlement": 50, "refund": 70}
TAKEN_BACK = {"deny": "reversed", "chargeback": "charged_back"}
GONE = {"deny", "expire"}
SUCCESS = {"settlement", "refund"}


@dataclass
class Shelf:
    """What lies there, and what of it is promised."""

    on_hand: int
    reserved: int = 0

    @property
    def free(self) -> int:
        """What can still be had."""
        return self.on_hand - self.reserved


@dataclass
class MRefund:
    """Money on its way back."""

    key: str
    amount: int
    channel: str
    state: str = "approved"
    has_account: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is still a promise."""
        return self.state in {"approved", "sent"}


@dataclass
class MAttempt:
    """One try at paying."""

    code: str
    channel: str
    state: str = "created"
    rank: int = 0
    is_unallocated: bool = False
    is_suspect: bool = False
    refunds: list[MRefund] = field(default_factory=list)


@dataclass
class MOrder:
    """One maker's part."""

    code: str
    total: int
    wants: dict[int, int]
    is_pickup: bool
    days: int
    status: str = "awaiting_payment"
    is_asked: bool = False
    answer_by: datetime | None = None
    complete_by: datetime | None = None
    refunds: list[MRefund] = field(default_factory=list)


@dataclass
class MPurchase:
    """One checkout."""

    code: str
    total: int
    orders: list[MOrder]
    attempts: list[MAttempt]
    pay_before: datetime
    provider_until: datetime
    status: str = "awaiting_payment"
    payment: str = "created"

    @property
    def owed(self) -> list[list[MRefund]]:
        """What goes back of each order, then of each attempt."""
        return [order.refunds for order in self.orders] + [attempt.refunds for attempt in self.attempts]

    def refuses_renewal(self, now: datetime) -> str:
        """Why another way to pay cannot be opened now, '' when it can."""
        if self.status == "paid":
            return "already_paid"
        is_open = self.status == "awaiting_payment" and self.payment in {"created", "pending", "denied"}
        return "" if is_open and self.pay_before > now else "payment_closed"


@dataclass
class Model:
    """The whole small world."""

    shelves: dict[int, Shelf]
    purchases: list[MPurchase] = field(default_factory=list)
    had_twice: int = 0  # what buyers have back from us and from their bank: open cases until people end them

    @property
    def refunds(self) -> list[MRefund]:
        """All of them."""
        return [refund for purchase in self.purchases for one in purchase.owed for refund in one]

    # --- the payment ---------------------------------------------------------------------------------------------

    def hear(self, purchase: MPurchase, attempt: MAttempt, status: str, now: datetime) -> str:  # noqa: PLR0911  one outcome each
        """The provider says something, the amount is right."""
        if attempt.state == "settled" and status in TAKEN_BACK:
            return self._taken_back(purchase, attempt, status)
        if attempt.state == "reversed":
            return self.doubt(purchase, attempt) if status in SUCCESS else "nothing"
        rank = RANKS.get(status, 0)
        if rank <= attempt.rank:
            return "nothing"
        attempt.rank = rank
        if status in SUCCESS:
            return "noted" if attempt.state == "settled" else self._money(purchase, attempt, now)
        if status in GONE:
            attempt.state = "dead"
            if status == "deny" and purchase.payment in OPEN:
                purchase.payment = "denied"
            return "dead"
        if attempt.state in LIVE and purchase.payment == "created":
            attempt.state = purchase.payment = "pending"
            return "pending"
        return "noted"

    def doubt(self, purchase: MPurchase, attempt: MAttempt) -> str:
        """Something is wrong with it: people look."""
        if attempt.is_suspect:
            return "nothing"
        attempt.is_suspect = True
        if purchase.payment in OPEN:
            purchase.payment = "suspect"
        return "suspect"

    def _money(self, purchase: MPurchase, attempt: MAttempt, now: datetime) -> str:
        paid_already = any(one.state == "settled" and not one.is_unallocated for one in purchase.attempts)
        attempt.state = "settled"
        attempt.is_suspect = False
        if not paid_already and purchase.status == "awaiting_payment":
            self._pay(purchase, now, held=True)
            return "settled"
        if not paid_already and purchase.status == "expired" and self._can_be_had(purchase):
            self._pay(purchase, now, held=False)
            return "settled"
        attempt.is_unallocated = True
        attempt.refunds.append(MRefund(f"{attempt.code}-r1", purchase.total, attempt.channel))
        return "unallocated"

    def _can_be_had(self, purchase: MPurchase) -> bool:
        return all(self.shelves[pk].free >= wanted for order in purchase.orders for pk, wanted in order.wants.items())

    def _pay(self, purchase: MPurchase, now: datetime, *, held: bool) -> None:
        purchase.status, purchase.payment = "paid", "settled"
        for order in purchase.orders:
            order.status, order.answer_by = "paid", now + timedelta(hours=48)
            for pk, wanted in order.wants.items():
                self.shelves[pk].on_hand -= wanted
                self.shelves[pk].reserved -= wanted if held else 0

    def _taken_back(self, purchase: MPurchase, attempt: MAttempt, status: str) -> str:
        attempt.state, attempt.rank = "reversed", RANKS.get(status, 0)
        if attempt.is_unallocated:
            self._promise_falls(attempt.refunds)
            return "reversed"
        purchase.payment = TAKEN_BACK[status]
        for order in purchase.orders:
            if order.status in MONEY_HERE:
                order.status = "held"
            if order.status == "cancelled":
                self._promise_falls(order.refunds)
        return "reversed"

    def _promise_falls(self, refunds: list[MRefund]) -> None:
        for refund in refunds:
            self.had_twice += refund.amount if refund.state == "confirmed" else 0
            refund.state = "failed" if refund.is_open else refund.state

    # --- the end without money -----------------------------------------------------------------------------------

    def close(self, purchase: MPurchase, status: str) -> None:
        """No money comes any more; what was promised is free again."""
        purchase.status = purchase.payment = status
        for order in purchase.orders:
            order.status = status
            for pk, wanted in order.wants.items():
                self.shelves[pk].reserved -= wanted

    # --- the order -----------------------------------------------------------------------------------------------

    def fall(self, purchase: MPurchase, order: MOrder) -> None:
        """A paid order falls: goods back on the shelf, money promised back."""
        order.status = "cancelled"
        for pk, wanted in order.wants.items():
            self.shelves[pk].on_hand += wanted
        paid = next(one for one in purchase.attempts if one.state == "settled" and not one.is_unallocated)
        order.refunds.append(MRefund(f"{order.code}-r1", order.total, paid.channel))

    def pass_time(self, now: datetime) -> None:
        """What happens by itself."""
        for purchase in self.purchases:
            for order in purchase.orders:
                if order.status == "paid" and order.answer_by is not None and order.answer_by <= now:
                    self.fall(purchase, order)
                if order.status in {"shipped", "delivered"} and order.complete_by is not None and order.complete_by <= now:
                    order.status = "completed"
