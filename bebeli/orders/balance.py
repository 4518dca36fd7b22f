"""A seller's money at a glance: what it may have, what is coming and when, and what every completed order came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Case, DateTimeField, F, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

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
    coming: list[Earning]  # those that end first, or those that were asked for
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


def coming_to(seller: Seller) -> QuerySet[Order]:
    """A seller's orders under way, with `ends_by`: by when they complete, the far future where nobody knows yet."""
    far = Value(datetime.max.replace(year=9000, tzinfo=UTC), DateTimeField())
    return Order.objects.filter(seller=seller, status__in=COMING).annotate(ends_by=Coalesce("complete_by", far))


def of(seller: Seller, listed: Sequence[Order] | None = None) -> Balance:
    """Return a seller's balance as it stands now; `listed` of the orders under way are told, else those that end first."""
    coming = coming_to(seller)
    told = coming.order_by(F("ends_by"), "pk")[:MOST_COMING] if listed is None else listed
    return Balance(
        seller=seller,
        payable=ledger.payable_of(seller.pk),
        pending=ledger.pending_of(seller.pk),
        debt=ledger.debt_of(seller.pk),
        coming=[earning_of(order) for order in told],
        coming_total=coming.aggregate(total=Sum(NET))["total"] or 0,
        account=BankAccount.objects.current().filter(seller=seller).first(),
        open_payout=Payout.objects.open().filter(seller=seller).first(),
        plan=PayoutPlan.objects.filter(seller=seller).first(),
    )
