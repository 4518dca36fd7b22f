"""Write down what the provider says about an attempt: the only verb that changes payment state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from bebeli.catalog import stock
from bebeli.catalog.models import Variant
from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.kit.ring import ring
from bebeli.kit.steps import verb
from bebeli.orders import late, ledger, outsides, parcels, posting, promos, returns, reversals, states, suspicions, tell, windows
from bebeli.orders.actions.lock_complaint import end_reversed
from bebeli.orders.models import (
    AttemptEvent,
    Callback,
    Order,
    OrderLine,
    Payment,
    PaymentAttempt,
    Purchase,
    Refund,
)

if TYPE_CHECKING:
    from bebeli.orders.gateway.types import Truth

RANK_SETTLED = 50
RANK_REFUNDED = 60
GONE = frozenset({"expire", "deny", "cancel", "failure"})
TAKEN_BACK = {
    "deny": Payment.Status.REVERSED,
    "chargeback": Payment.Status.CHARGED_BACK,
}


@dataclass
class Scene:
    """Everything one payment touches, locked and fresh."""

    locks: Locks
    purchase: Purchase
    payment: Payment
    attempts: list[PaymentAttempt]
    orders: list[Order] = field(default_factory=list)
    said_by: int | None = None  # the person on whose word the truth rests, where no provider told it

    def attempt(self, pk: int) -> PaymentAttempt:
        """The locked attempt."""
        return next(attempt for attempt in self.attempts if attempt.pk == pk)


def lock_scene(purchase_id: int) -> Scene:
    """Lock purchase → payment → attempts → orders, in the one order."""
    locks = Locks()
    purchase = locks.row(Purchase, purchase_id)
    payment = locks.where(Payment, Q(purchase=purchase))[0]
    payment.purchase = purchase
    attempts = locks.where(PaymentAttempt, Q(payment=payment))
    orders = locks.where(Order, Q(purchase=purchase))
    for order in orders:
        order.purchase = purchase
    return Scene(locks, purchase, payment, attempts, orders)


@verb
def settle(attempt_id: int, truth: Truth, merchant_id: str, callback_id: int | None = None) -> str:
    """Apply a truth to its attempt; returns what came of it, 'nothing' when all was known already.

    A callback that led here is marked processed in the same transaction.
    """
    purchase_id = PaymentAttempt.objects.values_list("payment__purchase_id", flat=True).get(pk=attempt_id)
    scene = lock_scene(purchase_id)
    outcome = apply_truth(scene, scene.attempt(attempt_id), truth, merchant_id)
    if callback_id is not None:
        Callback.objects.filter(pk=callback_id).update(
            state=Callback.State.DONE, attempt_id=attempt_id, done_at=clock.now(), lease_until=None, error=""
        )
    return outcome


def apply_truth(scene: Scene, attempt: PaymentAttempt, truth: Truth, merchant_id: str) -> str:
    """Decide by rank and state what a truth means now."""
    if (truth.amount, truth.currency, truth.merchant_id) != (attempt.gross, "IDR", merchant_id):
        return suspect(scene, attempt, truth, merchant_id)
    if attempt.is_success and truth.status in TAKEN_BACK:
        return reverse(scene, attempt, truth)
    if attempt.status == PaymentAttempt.Status.REVERSED:  # its books are closed: only people may open them again
        said_to_be_here = truth.is_success or truth.rank >= RANK_REFUNDED
        return suspect(scene, attempt, truth, merchant_id) if said_to_be_here else "nothing"
    if attempt.is_success:
        outsides.note(attempt, truth)
        confirm_refunds(scene, attempt, truth)
    if truth.rank <= attempt.rank:
        return "nothing"
    remember(attempt, truth)
    return climb(scene, attempt, truth)


def climb(scene: Scene, attempt: PaymentAttempt, truth: Truth) -> str:
    """Do what a higher rank means: money came, none will come any more, or it is waited for."""
    if truth.is_success or truth.rank >= RANK_REFUNDED:
        if attempt.is_success:
            attempt.save()
            return "noted"
        came = money_came(scene, attempt)
        if truth.rank >= RANK_REFUNDED:
            outsides.note(attempt, truth)
        return came
    if truth.status in GONE:
        attempt.status = PaymentAttempt.Status.DEAD
        attempt.save()
        if truth.status == "deny" and scene.payment.is_open:
            scene.payment.status = Payment.Status.DENIED
            scene.payment.save()
        return "dead"
    if attempt.is_live and scene.payment.status == Payment.Status.CREATED:
        attempt.status = PaymentAttempt.Status.PENDING
        attempt.save()
        scene.payment.status = Payment.Status.PENDING
        scene.payment.save()
        return "pending"
    attempt.save()
    return "noted"


def remember(attempt: PaymentAttempt, truth: Truth) -> None:
    """Write the truth down on the attempt and in its journal; the caller saves the attempt."""
    attempt.rank = truth.rank
    attempt.provider_status = truth.status[:24]
    attempt.transaction_id = attempt.transaction_id or truth.transaction_id
    AttemptEvent.objects.create(
        attempt=attempt, provider_status=truth.status[:24], rank=truth.rank, amount=truth.amount, at=clock.now()
    )


def suspect(scene: Scene, attempt: PaymentAttempt, truth: Truth, merchant_id: str) -> str:
    """Another amount, currency or merchant: no goods move, people look."""
    if not suspicions.note(attempt, truth, merchant_id):
        return "nothing"
    AttemptEvent.objects.create(
        attempt=attempt, provider_status=truth.status[:24], rank=attempt.rank, amount=truth.amount, at=clock.now()
    )
    attempt.error = "suspect"
    attempt.save()
    if scene.payment.is_open:
        scene.payment.status = Payment.Status.SUSPECT
        scene.payment.save()
        tell.suspect(scene.payment)
    return "suspect"


def money_came(scene: Scene, attempt: PaymentAttempt) -> str:
    """The attempt succeeded: it pays the purchase, or it is money that pays for nothing and goes back."""
    attempt.status = PaymentAttempt.Status.SETTLED
    attempt.settled_at = clock.now()
    suspicions.clear(attempt)
    first = not any(other.is_success and not other.is_unallocated for other in scene.attempts if other is not attempt)
    if not (first and can_still_be_had(scene)):
        return late.late_money(scene.locks, scene.purchase, attempt, decided_by=scene.said_by)
    attempt.save()
    pay(scene, attempt)
    return "settled"


def can_still_be_had(scene: Scene) -> bool:
    """Lock the variants; true while the stock is held, or it and the vouchers can be had again although time had run out."""
    wanted = list(OrderLine.objects.filter(order__in=scene.orders).order_by("variant_id"))
    scene.locks.rows(Variant, [line.variant_id for line in wanted])
    if scene.purchase.is_awaiting_payment:
        return True
    if scene.purchase.status != Purchase.Status.EXPIRED:
        return False  # the buyer cancelled it: do not force it on them
    by_order: dict[int, dict[int, int]] = {}
    for line in wanted:
        by_order.setdefault(line.order_id, {})[line.variant_id] = line.quantity
    until = clock.minutes_ahead(windows.minutes(scene.payment.method)[2])
    try:
        with transaction.atomic():  # all orders or none: a savepoint takes back what the short one's line left reserved
            for order in scene.orders:
                stock.hold(by_order[order.pk], order.code, until)
            promos.take_again(scene.locks, scene.purchase, scene.orders)
    except Refused:
        return False
    return True


def pay(scene: Scene, attempt: PaymentAttempt) -> None:
    """Claim the stock, write the books, move every order, tell everybody."""
    now = clock.now()
    for order in scene.orders:
        stock.claim(order.code)
    ledger.post(
        scene.locks,
        "settled",
        f"pay:{attempt.code}:settled",
        posting.settled(
            [ledger.money_of(order) for order in scene.orders],
            scene.purchase.service_fee,
            scene.purchase.service_fee_vat,
            returns.till_of(attempt),
        ),
        purchase=scene.purchase,
        attempt=attempt,
    )
    scene.payment.status = Payment.Status.SETTLED
    scene.payment.method = attempt.method
    scene.payment.settled_at = now
    scene.payment.save()
    scene.purchase.status = Purchase.Status.PAID
    scene.purchase.paid_at = now
    scene.purchase.closed_at = None
    scene.purchase.save()
    for order in scene.orders:
        order.paid_at = now
        order.answer_by = windows.answer_by(now)
        order.closed_at = None
        states.move(order, "settle", states.PROVIDER)
        ring("orders.issue_documents", order.pk)
    tell.paid(scene.purchase, scene.orders)


def confirm_refunds(scene: Scene, attempt: PaymentAttempt, truth: Truth) -> None:
    """Only a refund with the bank's confirmation is money really back, ours or one that was found to be it."""
    seen = {refund.refund_key: refund.amount for refund in truth.refunds if refund.confirmed_at is not None}
    promised = Q(attempt=attempt, outside=None, key__in=seen.keys(), state__in=Refund.PAYABLE)
    promised |= Q(pk__in=outsides.confirmed(attempt))
    if not Refund.objects.filter(promised).exists():  # variants may still have to be locked
        return
    for refund in scene.locks.where(Refund, promised):
        if refund.outside_id is not None or refund.amount == seen[refund.key]:
            returns.confirm(scene.locks, refund, scene.purchase)


def reverse(scene: Scene, attempt: PaymentAttempt, truth: Truth) -> str:
    """The provider took the money back: open orders are held, the books say so."""
    if reversals.is_restored(attempt):
        return "nothing"  # the provider still tells of the reversal that people ended
    attempt.status = PaymentAttempt.Status.REVERSED
    remember(attempt, truth)
    attempt.save()
    if attempt.is_unallocated:
        return reversals.unallocated_reversed(scene.locks, attempt)
    scene.payment.status = TAKEN_BACK[truth.status]
    scene.payment.save()
    reversals.post_reversal(scene.locks, scene.purchase, attempt, scene.orders)
    for order in scene.orders:
        if states.may(order, "reverse"):
            states.move(order, "reverse", states.PROVIDER, reason=truth.status)
            tell.to_seller("orders.held", order)
        elif order.status == Order.Status.COMPLETED:
            tell.debt_to_owners("orders.taken_back", order)
    parcels.owe_couriers(scene.locks, scene.orders)
    tell.payment_taken_back(scene.purchase)
    end_reversed(scene.orders)
    return "reversed"
