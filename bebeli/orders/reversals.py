"""The provider takes money back that had come: steps of somebody's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max, Q

from bebeli.kit.locks import Locks
from bebeli.orders import doubles, ledger, parcels, posting, returns, suspicions
from bebeli.orders.models import Entry, Order, PaymentAttempt, Purchase, Refund
from bebeli.orders.posting import Gone, Line, Returned

WHY = "reversed by the provider"


def post_reversal(locks: Locks, purchase: Purchase, attempt: PaymentAttempt, orders: Sequence[Order]) -> None:
    """Negate the settlement; where orders have gone on already, the seller or the refund promise answers for it."""
    payers = {order.pk: order.promo_account for order in orders}
    standing = _standing(locks, orders)
    paid = [refund for refund in standing if not refund.is_open and refund.amount]
    refunds = [_returned(refund, purchase, payers[refund.order_id or 0]) for refund in standing]
    settlement = Entry.objects.get(idem_key=f"pay:{attempt.code}:settled")
    key = f"pay:{attempt.code}:reversed"
    gone = [Gone(ledger.money_of(order), ledger.rest_of(order), order.status == Order.Status.COMPLETED) for order in orders]
    if not refunds and not any(order.is_released for order in gone):
        parts = [order.sold for order in gone]
        lines: tuple[Line, ...] = posting.negation(posting.settled(parts, purchase.service_fee, purchase.service_fee_vat))
        ledger.post(locks, "reversed", key, lines, purchase=purchase, attempt=attempt, reverses=settlement)
        return
    lines = posting.reversed_partly(gone, purchase.service_fee, purchase.service_fee_vat, refunds)
    entry = ledger.post(locks, "reversed", key, lines, purchase=purchase, attempt=attempt)
    for refund in paid:
        doubles.begin(attempt, refund.amount, entry, refund)


def _standing(locks: Locks, orders: Sequence[Order]) -> list[Refund]:
    rows = locks.where(Refund, Q(order__in=orders) & ~Q(state=Refund.State.FAILED))
    return [refund for refund in rows if refund.amount or refund.face]


def _returned(refund: Refund, purchase: Purchase, promo_account: str) -> Returned:
    """End an open promise: its buyer has the money already; what was paid stays paid."""
    is_open = refund.is_open
    if is_open:
        _fall(refund)
    vat = purchase.service_fee_vat if refund.service_fee else 0
    return Returned(refund.amount, Line(promo_account, refund.promo), refund.service_fee, vat, is_open)


def _fall(refund: Refund) -> None:
    refund.state = Refund.State.FAILED
    refund.error = WHY
    refund.save()


def unallocated_reversed(locks: Locks, attempt: PaymentAttempt) -> str:
    """Money that paid for nothing was taken back by the provider: the promise to return it falls.

    Where it was returned already its payer has it twice: that stands in UNALLOCATED until its case ends.
    """
    promised = locks.where(Refund, Q(attempt=attempt, state__in=Refund.OPEN))  # a second person may be at it: no purchase is held
    refund = promised[0] if promised else None
    if refund is not None:
        _fall(refund)
    claim = "refund_payable" if refund is not None else "unallocated"
    lines = (Line(claim, attempt.gross), Line("gateway", -attempt.gross))
    entry = ledger.post(locks, "reversed", f"pay:{attempt.code}:reversed", lines, attempt=attempt, refund=refund)
    if refund is None:
        before = attempt.refunds.filter(state=Refund.State.CONFIRMED).order_by("-pk").first()
        doubles.begin(attempt, attempt.gross, entry, before)
    return "reversed"


def is_restored(attempt: PaymentAttempt) -> bool:
    """Tell whether this attempt's money came again after it was taken back."""
    return Entry.objects.filter(idem_key=f"pay:{attempt.code}:restored").exists()


def restore(locks: Locks, purchase: Purchase, attempt: PaymentAttempt, orders: Sequence[Order], user_id: int, why: str) -> None:
    """Negate a reversal, let the promises live again that fell with it, and end the cases of what its payer had twice.

    A debt that was settled meanwhile out of a seller's earnings goes back to the seller's balance.
    """
    fallen = locks.where(Refund, Q(order__in=orders, state=Refund.State.FAILED, error=WHY))
    entry = _negate(locks, purchase, attempt)
    doubles.came_again(locks, purchase, entry, attempt, user_id, why)
    key = entry.idem_key
    for refund in fallen:
        returns.carry_on(refund, purchase)
    parcels.forgive_couriers(locks, orders)
    for seller_id in sorted({order.seller_id for order in orders}):
        if (overpaid := -ledger.debt_of(seller_id)) > 0:
            back = posting.debt_settled(seller_id, -overpaid)
            ledger.post(locks, "debt_settled", f"{key}:{seller_id}", back, purchase=purchase, attempt=attempt)


def restore_unallocated(locks: Locks, purchase: Purchase, attempt: PaymentAttempt, user_id: int, why: str) -> None:
    """Negate the reversal of money that paid for nothing and had gone back already; its cases end with it."""
    entry = _negate(locks, purchase, attempt)
    settle_again(attempt)
    suspicions.clear(attempt)
    attempt.save()
    doubles.came_again(locks, purchase, entry, attempt, user_id, why)


def settle_again(attempt: PaymentAttempt) -> None:
    """The attempt stands where the provider last said that it stood; the caller saves it."""
    attempt.status = PaymentAttempt.Status.SETTLED
    attempt.rank = attempt.events.aggregate(most=Max("rank"))["most"] or attempt.rank


def _negate(locks: Locks, purchase: Purchase, attempt: PaymentAttempt) -> Entry:
    undone = Entry.objects.get(idem_key=f"pay:{attempt.code}:reversed")
    lines = [
        Line(row.account.kind, -row.amount, row.account.seller_id, row.order_id)
        for row in undone.postings.select_related("account").order_by("pk")
    ]
    key = f"pay:{attempt.code}:restored"
    return ledger.post(locks, "restored", key, lines, purchase=purchase, attempt=attempt, reverses=undone)
