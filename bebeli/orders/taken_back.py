"""An order whose payment its buyer's bank took back: whether it is one, and what its seller owes for that."""

from __future__ import annotations

from django.db.models import Sum

from bebeli.orders.models import Account, Order, Posting


def is_taken_back(order: Order) -> bool:
    """Tell whether the order was paid and its money is with its buyer's bank again."""
    return order.paid_at is not None and order.purchase.payment.is_taken_back


def debt_of(order: Order) -> int:
    """Return what the seller owes because of it: what it had earned, or the price of a parcel that was on its way."""
    rows = Posting.objects.filter(
        entry__purchase=order.purchase_id,
        entry__kind__in=["reversed", "restored", "courier_owed", "courier_forgiven"],
        account__kind=Account.Kind.SELLER_RECEIVABLE,
        account__seller=order.seller_id,
    )
    return int(rows.aggregate(total=Sum("amount"))["total"] or 0)
