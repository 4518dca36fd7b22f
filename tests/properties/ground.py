"""The ground of the machine: a world of two makers and three goods, and what must hold after every step."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from bebeli.catalog.models import Variant
from bebeli.kit import clock
from bebeli.orders import books
from bebeli.orders.actions.settle import settle
from bebeli.orders.flows import documents
from bebeli.orders.gateway.types import Charge, RefundSeen, Truth
from bebeli.orders.models import DoubleRefund, Order, PaymentAttempt, Purchase, Refund
from bebeli.orders.windows import minutes
from tests import world
from tests.properties.model import MAttempt, Model, MOrder, MPurchase, MRefund, Shelf

MERCHANT = "G141532850"
SHELF = ("pk", "on_hand", "reserved")


def channel(method: str) -> str:
    """How money of a method goes back."""
    return "provider" if method == "qris" else "bank"


class Ground(RuleBasedStateMachine):
    """Each example lives in one transaction that is rolled back."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = timedelta(0)
        self.example = transaction.atomic()
        self.example._from_testcase = True  # type: ignore[attr-defined]  # noqa: SLF001  verbs are durable inside it, as inside a TestCase
        self.example.__enter__()

    def teardown(self) -> None:
        """Forget everything."""
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @initialize(stock=st.lists(st.integers(1, 4), min_size=3, max_size=3))
    def open_shop(self, stock: list[int]) -> None:
        """One buyer, two makers: the first with two goods."""
        self.buyer = world.user()
        first, second = world.seller(), world.seller()
        makers = (first, first, second)
        self.goods = [world.variant(maker, stock=count) for maker, count in zip(makers, stock, strict=True)]
        self.maker = world.owner(first)
        self.model = Model({made.pk: Shelf(made.on_hand) for made in self.goods})

    @property
    def now(self) -> datetime:
        """The present moment of this world."""
        with clock.moved(self.passed):
            return clock.now()

    @property
    def has_purchases(self) -> bool:
        """Whether anything was bought."""
        return bool(self.model.purchases)

    def pick(self, number: int) -> MPurchase:
        """One of the purchases."""
        return self.model.purchases[number % len(self.model.purchases)]

    # --- what must hold ------------------------------------------------------------------------------------------

    @invariant()
    def shelves_are_as_foreseen(self) -> None:
        """Stock and promises."""
        found = {pk: Shelf(*rest) for pk, *rest in Variant.objects.filter(pk__in=self.model.shelves).values_list(*SHELF)}
        assert found == self.model.shelves

    @invariant()
    def states_are_as_foreseen(self) -> None:
        """Purchases, payments, orders, attempts, refunds."""
        purchases = Purchase.objects.filter(buyer=self.buyer)
        assert set(purchases.values_list("code", "status", "payment__status")) == {
            (one.code, one.status, one.payment) for one in self.model.purchases
        }
        assert dict(Order.objects.filter(purchase__in=purchases).values_list("code", "status")) == {
            order.code: order.status for one in self.model.purchases for order in one.orders
        }
        attempts = PaymentAttempt.objects.filter(payment__purchase__in=purchases)
        assert set(attempts.values_list("code", "status", "rank", "is_unallocated")) == {
            (tried.code, tried.state, tried.rank, tried.is_unallocated) for one in self.model.purchases for tried in one.attempts
        }
        refunds = Refund.objects.filter(attempt__in=attempts).values_list("key", "amount", "channel", "state")
        assert set(refunds) == {(one.key, one.amount, one.channel, one.state) for one in self.model.refunds}

    @invariant()
    def the_books_are_right(self) -> None:
        """Every invariant of the books, once what is due is on paper, and what the database checks at a transaction's end."""
        with clock.moved(self.passed):
            documents.issue_due()
            documents.issue_statements_due()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        with clock.moved(self.passed):
            found = [one.code for one in books.check() if not one.words.startswith("open since")]  # finance sleeps here
        assert found == []
        twice = DoubleRefund.objects.open().filter(attempt__payment__purchase__buyer=self.buyer)
        assert sum(case.amount for case in twice) == self.model.had_twice

    # --- what the rules lean on ----------------------------------------------------------------------------------

    def remember(self, purchase: Purchase, method: str) -> None:
        orders = []
        for order in purchase.orders.order_by("pk"):
            wants = dict(order.lines.values_list("variant_id", "quantity"))
            orders.append(MOrder(order.code, order.total, wants, order.is_pickup, order.shipping_max_days))
            for pk, count in wants.items():
                self.model.shelves[pk].reserved += count
        shown, provider, _held = minutes(method)
        now = self.now
        self.model.purchases.append(
            MPurchase(
                purchase.code,
                purchase.total,
                orders,
                [MAttempt(f"{purchase.code}-p1", channel(method))],
                now + timedelta(minutes=shown),
                now + timedelta(minutes=provider),
            )
        )

    def settle(self, attempt: MAttempt, truth: Truth) -> str:
        with clock.moved(self.passed):
            return settle(PaymentAttempt.objects.get(code=attempt.code).pk, truth, MERCHANT)

    def truth(self, attempt: MAttempt, amount: int, status: str, seen: list[MRefund]) -> Truth:
        refunds = (
            *(RefundSeen(one.key, one.amount, self.now) for one in seen),
            RefundSeen("by-hand-at-the-provider", 1, self.now),
        )
        return Truth(
            attempt.code, f"trx-{attempt.code}", status, "200", None, amount, "IDR", MERCHANT, "bank_transfer", None, refunds, {}
        )

    def charge_of(self, attempt: MAttempt, purchase: MPurchase) -> Charge:
        return Charge(
            attempt.code, f"trx-{attempt.code}", "pending", purchase.total, "IDR", MERCHANT,
            "8808", "bca", None, None, None, None, None, {},
        )  # fmt: skip

    def refunds_of(self, purchase: MPurchase, attempt: MAttempt) -> list[MRefund]:
        keys = set(Refund.objects.filter(attempt__code=attempt.code).values_list("key", flat=True))
        return [refund for one in purchase.owed for refund in one if refund.key in keys]
