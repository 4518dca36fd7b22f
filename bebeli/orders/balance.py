"""A seller's money at a glance: what it may have, what is coming and when, and what every completed order came to."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, F, QuerySet, Sum, When

from bebeli.orders import ledger
from bebeli.orders.models import BankAccount, Order, Payout, PayoutPlan
from bebeli.sellers.models import Seller

COMING = ("paid", "processing", "shipped", "delivered", "disputed")
MOST_COMING = 50

# the net of ledger.rest_of in the database's words
NET = (
    F("total") - F("refunded_face")
    - (F("commission") - F("refunded_commission"))
    - (F("commission_vat") - F("refunded_vat"))
    - (F("income_tax") - F("refunded_tax"))
    - Case(When(shipping_paid_by="platform", then=F("shipping_price")), default=0)
)  # fmt: skip


@dataclass(frozen=True)
class Earning:
    """One order: its price, the stall's own discount, what of that went back, what goes off, and what is the seller's."""

    order: Order
    price: int
    discount: int
    returned: int
    fees: int
    tax: int
    shipping: int
    net: int


@dataclass(frozen=True)
class Balance:
    """What a seller has, owes, and waits for, in rupiah."""

    seller: Seller
    payable: int
    pending: int
    debt: int
    coming: list[Earning]  # those that end first
    coming_total: int  # of all that are under way
    account: BankAccount | None
    open_payout: Payout | None
    plan: PayoutPlan | None

    @property
    def may_have(self) -> int:
        """What can be asked for now."""
        return max(self.payable - self.debt, 0)


def owned(user_id: int | None) -> QuerySet[Seller]:
    """The stalls whose money a person decides about: owners, not staff."""
    return Seller.objects.filter(members__user_id=user_id or 0, members__role="owner").order_by("pk")


def earning_of(order: Order) -> Earning:
    """Return what an order comes to, less what of it went back."""
    money = ledger.rest_of(order)
    return Earning(
        order,
        order.total + order.seller_discount,
        order.seller_discount,
        order.refunded_face,
        money.commission + money.commission_vat,
        money.income_tax,
        money.platform_shipping,
        money.net,
    )


def of(seller: Seller) -> Balance:
    """Return a seller's balance as it stands now."""
    coming = Order.objects.filter(seller=seller, status__in=COMING)
    return Balance(
        seller=seller,
        payable=ledger.payable_of(seller.pk),
        pending=ledger.pending_of(seller.pk),
        debt=ledger.debt_of(seller.pk),
        coming=[earning_of(order) for order in coming.order_by("complete_by", "pk")[:MOST_COMING]],
        coming_total=coming.aggregate(total=Sum(NET))["total"] or 0,
        account=BankAccount.objects.current().filter(seller=seller).first(),
        open_payout=Payout.objects.open().filter(seller=seller).first(),
        plan=PayoutPlan.objects.filter(seller=seller).first(),
    )
