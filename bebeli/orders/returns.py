"""Money going back: refund rows and their entries, as steps of somebody's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_noop

from bebeli.kit import clock
from bebeli.kit.locks import Locks
from bebeli.kit.ring import ring
from bebeli.kit.steps import assert_open
from bebeli.orders import ledger, posting, tell
from bebeli.orders.models import Account, Entry, Order, PaymentAttempt, Purchase, Refund
from bebeli.orders.models.payment import BY_HAND, WALLETS, Method
from bebeli.orders.posting import Line

BY_PROVIDER = WALLETS | {Method.QRIS}  # the provider cannot give back what came through a virtual account

S = Order.Status


def channel_of(attempt: PaymentAttempt) -> str:
    """Return how this attempt's money can go back."""
    return Refund.Channel.PROVIDER if attempt.method in BY_PROVIDER else Refund.Channel.BANK


def till_of(attempt: PaymentAttempt) -> str:
    """Return the account this attempt's money came into."""
    return Account.Kind.BANK if attempt.method in BY_HAND else Account.Kind.GATEWAY


def refund_order(locks: Locks, order: Order, reason: str, siblings: Sequence[Order]) -> Refund | None:
    """Promise a fallen order's money back; with the last order of a purchase the service fee goes back too.

    The caller has moved the order and holds the locks. A free order has nothing to give back.
    """
    assert_open()
    purchase = order.purchase
    attempt = PaymentAttempt.objects.get(payment__purchase=purchase, status="settled", is_unallocated=False)
    is_last = all(sibling.status == S.CANCELLED for sibling in siblings)
    fee, fee_vat = (purchase.service_fee, purchase.service_fee_vat) if is_last else (0, 0)
    amount = order.paid_by_buyer + fee
    if amount == 0:
        return None
    refund = Refund.objects.create(
        key=f"{order.code}-r1",
        attempt=attempt,
        order=order,
        amount=amount,
        service_fee=fee,
        channel=channel_of(attempt),
        reason=reason[:240],
        requested_at=clock.now(),
        next_at=clock.now(),
    )
    ledger.post(
        locks,
        "refunded",
        f"refund:{refund.key}",
        posting.refunded(ledger.money_of(order), fee, fee_vat),
        purchase=purchase,
        order=order,
        attempt=attempt,
        refund=refund,
    )
    start(refund, purchase)
    return refund


def start(refund: Refund, purchase: Purchase) -> None:
    """Send it through the provider, or ask the buyer for an account."""
    if refund.channel == Refund.Channel.PROVIDER:
        ring("orders.refund", refund.pk)
    else:
        tell.refund_by_hand(refund, purchase)


def late_money(locks: Locks, purchase: Purchase, attempt: PaymentAttempt) -> str:
    """Money that pays for nothing: into UNALLOCATED and at once promised back."""
    attempt.is_unallocated = True
    attempt.save()
    refund = Refund.objects.create(
        key=f"{attempt.code}-r1",
        attempt=attempt,
        amount=attempt.gross,
        channel=channel_of(attempt),
        reason=gettext_noop("Pembayaran datang terlambat atau ganda"),
        requested_at=clock.now(),
        next_at=clock.now(),
    )
    ledger.post(
        locks,
        "unallocated",
        f"pay:{attempt.code}:unallocated",
        posting.unallocated(attempt.gross, till_of(attempt)),
        purchase=purchase,
        attempt=attempt,
    )
    ledger.post(
        locks,
        "refunded",
        f"refund:{refund.key}",
        posting.unallocated_refund(attempt.gross),
        purchase=purchase,
        attempt=attempt,
        refund=refund,
    )
    tell.late_money(refund, purchase)
    start(refund, purchase)
    return "unallocated"


def confirm(locks: Locks, refund: Refund, purchase: Purchase) -> None:
    """The money reached the buyer."""
    refund.state = Refund.State.CONFIRMED
    refund.confirmed_at = clock.now()
    refund.error = ""
    refund.save()
    ledger.post(
        locks,
        "refund_confirmed",
        f"refund:{refund.key}:confirmed",
        posting.refund_confirmed(refund.amount, refund.channel),
        purchase=purchase,
        order=refund.order,
        attempt=refund.attempt,
        refund=refund,
    )
    tell.refund_confirmed(refund, purchase)


def fall_back_to_bank(refund: Refund, purchase: Purchase) -> Refund:
    """The provider refused: the same promise goes on as a task for finance, under a new key; the books do not move."""
    refund.state = Refund.State.FAILED
    refund.save()
    number = int(refund.key.rsplit("-r", 1)[1]) + 1
    again = Refund.objects.create(
        key=f"{refund.key.rsplit('-r', 1)[0]}-r{number}",
        attempt=refund.attempt,
        order=refund.order,
        amount=refund.amount,
        service_fee=refund.service_fee,
        channel=Refund.Channel.BANK,
        reason=refund.reason,
        requested_at=refund.requested_at,
        next_at=clock.now(),
    )
    tell.refund_by_hand(again, purchase)
    return again


def post_reversal(locks: Locks, purchase: Purchase, attempt: PaymentAttempt, orders: Sequence[Order]) -> None:
    """Negate the settlement; where orders have gone on already, the seller or the refund promise answers for it."""
    released = frozenset(order.pk for order in orders if order.status == S.COMPLETED)
    gone = {order.pk: _promise_falls(order) for order in orders if order.status == S.CANCELLED}
    parts = [ledger.money_of(order) for order in orders]
    settlement = Entry.objects.get(idem_key=f"pay:{attempt.code}:settled")
    key = f"pay:{attempt.code}:reversed"
    if not released and not gone:
        lines: tuple[Line, ...] = posting.negation(posting.settled(parts, purchase.service_fee, purchase.service_fee_vat))
        ledger.post(locks, "reversed", key, lines, purchase=purchase, attempt=attempt, reverses=settlement)
        return
    lines = posting.reversed_partly(parts, purchase.service_fee, purchase.service_fee_vat, released, gone)
    ledger.post(locks, "reversed", key, lines, purchase=purchase, attempt=attempt)


def _promise_falls(order: Order) -> bool:
    """End an open promise to refund a fallen order; False when it was paid already."""
    still_open = Refund.objects.filter(order=order, state__in=[Refund.State.REQUESTED, Refund.State.SENT])
    return bool(still_open.update(state=Refund.State.FAILED, error="reversed by the provider"))


def unallocated_reversed(locks: Locks, attempt: PaymentAttempt) -> str:
    """Money that paid for nothing was taken back by the provider: the promise to return it falls.

    Where it was returned already its payer has it twice: that stands in UNALLOCATED until people settle it.
    """
    refund = Refund.objects.filter(attempt=attempt).exclude(state__in=["failed", "confirmed"]).first()
    if refund is not None:
        refund.state = Refund.State.FAILED
        refund.error = "reversed by the provider"
        refund.save()
    claim = "refund_payable" if refund is not None else "unallocated"
    lines = (Line(claim, attempt.gross), Line("gateway", -attempt.gross))
    ledger.post(locks, "reversed", f"pay:{attempt.code}:reversed", lines, attempt=attempt, refund=refund)
    return "reversed"
