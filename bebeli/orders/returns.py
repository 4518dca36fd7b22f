"""Money going back: refund rows and their entries, as steps of somebody's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock, money
from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.kit.ring import ring
from bebeli.kit.steps import assert_open
from bebeli.orders import ledger, parting, posting, states, tell
from bebeli.orders.models import Account, Order, OrderLine, PaymentAttempt, Purchase, Refund, RefundPart
from bebeli.orders.models.payment import BY_HAND, WALLETS, Method
from bebeli.orders.parting import Part, Sold, SoldLine, Taken
from bebeli.orders.posting import OrderMoney

BY_PROVIDER = WALLETS | {Method.QRIS}  # the provider cannot give back what came through a virtual account

S = Order.Status
GOING = frozenset({S.PAID, S.PROCESSING, S.SHIPPED, S.DELIVERED, S.DISPUTED})
CARRIED_ON = (
    "attempt_id", "order_id", "outside_id", "amount", "service_fee", "face", "shipping", "commission", "commission_vat",
    "income_tax", "owed", "is_partial", "is_earned", "reason", "decided_by_id", "needs_second", "turned_down_by_id",
    "approved_by_id", "approved_at", "requested_at",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What a refund is about: its share of the order, how much of that is shipping, the fee with it, by whom and why."""

    share: OrderMoney
    shipping: int
    reason: str
    who: states.Who
    fee: int = 0
    fee_vat: int = 0
    taken: Taken | None = None  # of an order that goes on

    @property
    def amount(self) -> int:
        """What the buyer gets."""
        return self.share.paid_by_buyer + self.fee


def channel_of(attempt: PaymentAttempt) -> str:
    """Return how this attempt's money can go back."""
    return Refund.Channel.PROVIDER if attempt.method in BY_PROVIDER else Refund.Channel.BANK


def till_of(attempt: PaymentAttempt) -> str:
    """Return the account this attempt's money came into."""
    return Account.Kind.BANK if attempt.method in BY_HAND else Account.Kind.GATEWAY


def is_much(amount: int) -> bool:
    """Tell whether so much goes out by two people only; nothing at all never does."""
    return amount >= much()


def much() -> int:
    """Return from which amount on."""
    limit: int = settings.REFUND_TWO_PEOPLE_FROM
    return max(limit, 1)


def refund_order(
    locks: Locks, order: Order, reason: str, siblings: Sequence[Order], who: states.Who = states.SYSTEM
) -> Refund | None:
    """Promise all that is left of a fallen order; with the last order of a purchase the service fee goes back too.

    The caller has moved the order (or leaves it completed) and holds the locks. Nothing left gives nothing back.
    """
    assert_open()
    purchase = order.purchase
    is_last = all(sibling.status in Order.FALLEN for sibling in siblings) and not _fee_is_back(purchase)
    fee, fee_vat = (purchase.service_fee, purchase.service_fee_vat) if is_last else (0, 0)
    share = ledger.rest_of(order)
    if share.total + fee == 0:
        return None
    shipping = order.shipping_price - order.refunded_shipping
    taken = None
    if order.status == S.COMPLETED:
        taken = {line.pk: (line.quantity - line.fallen, line.left) for line in sold_of(order).lines if line.left}
    return _promise(locks, order, Wanted(share, shipping, reason, who, fee, fee_vat, taken))


def _fee_is_back(purchase: Purchase) -> bool:
    """Tell whether the service fee was promised back before: it goes back once."""
    return Refund.objects.filter(attempt__payment__purchase=purchase, service_fee__gt=0, origin=None).exists()


def refund_part(
    locks: Locks, order: Order, parts: Sequence[Part], *, shipping: int = 0, reason: str, who: states.Who
) -> Refund | None:
    """Promise a part of an order that goes on, or was completed: pieces of its lines, amounts of their face, shipping.

    The caller holds the locks of the purchase and its orders. Where the order was completed the seller gives its part of
    the refund back from the balance, and owes what that does not hold. Raises Refused: wrong_state, too_much, no_money;
    KeyError for a line of another order.
    """
    assert_open()
    if order.status not in GOING and order.status != S.COMPLETED:
        raise states.refuse(order, "refund_part")
    sold = sold_of(order)
    try:
        taken = parting.takes(sold.lines, parts)
        share = parting.share_of(sold, taken, shipping)
    except parting.TooMuchError as error:
        left = money.rupiah(sum(line.left for line in sold.lines))
        raise Refused("too_much", _("Yang bisa dikembalikan dari pesanan ini tinggal %(left)s.") % {"left": left}) from error
    if share.total == 0:
        return None
    return _promise(locks, order, Wanted(share, shipping, reason, who, taken=taken))


def sold_of(order: Order) -> Sold:
    """Return an order with its lines as the pure part needs them."""
    lines = list(order.lines.order_by("pk"))
    off = money.split(order.seller_discount, {at: line.subtotal for at, line in enumerate(lines)})
    return Sold(
        frozen=ledger.money_of(order),
        left=ledger.rest_of(order),
        shipping_left=order.shipping_price - order.refunded_shipping,
        lines=[
            SoldLine(line.pk, line.quantity, line.subtotal - off[at], line.commission_bp, line.fallen, line.refunded)
            for at, line in enumerate(lines)
        ],
        vat_bp=order.vat_bp,
        income_tax_bp=order.income_tax_bp,
        goods_vat_bp=order.goods_vat_bp,
    )


def _promise(locks: Locks, order: Order, wanted: Wanted) -> Refund:
    """Write the refund, what is left of the order, and the entry; then start it, or let it wait for a second person."""
    attempt = PaymentAttempt.objects.filter(
        payment__purchase_id=order.purchase_id, status=PaymentAttempt.Status.SETTLED, is_unallocated=False
    ).first()
    if attempt is None:
        raise Refused("no_money", _("Uang pesanan ini sudah ditarik kembali, jadi tidak ada yang bisa dikembalikan."))
    is_earned = order.status == S.COMPLETED
    owed = 0
    if is_earned:
        owed = max(wanted.share.net - max(ledger.lock_payable(locks, order.seller_id), 0), 0)
    refund = _write(order, attempt, wanted, owed)
    lines = (
        posting.refunded_earned(wanted.share, owed) if is_earned else posting.refunded(wanted.share, wanted.fee, wanted.fee_vat)
    )
    about: dict[str, Any] = {"purchase": order.purchase, "order": order, "attempt": attempt, "refund": refund}
    ledger.post(locks, "refunded", f"refund:{refund.key}", lines, **about)
    if refund.is_partial:
        ring("orders.issue_documents", order.pk)
    begin(refund, order.purchase)
    return refund


def _write(order: Order, attempt: PaymentAttempt, wanted: Wanted, owed: int) -> Refund:
    by_person = wanted.who.user_id if wanted.who.actor == "officer" else None
    needs_second = by_person is not None and is_much(wanted.amount)
    now = clock.now()
    refund = Refund.objects.create(
        key=f"{order.code}-r{order.refunds.count() + 1}",
        attempt=attempt,
        order=order,
        amount=wanted.amount,
        service_fee=wanted.fee,
        face=wanted.share.total,
        shipping=wanted.shipping,
        commission=wanted.share.commission,
        commission_vat=wanted.share.commission_vat,
        income_tax=wanted.share.income_tax,
        owed=owed,
        is_partial=wanted.taken is not None,
        is_earned=order.status == S.COMPLETED,
        channel=channel_of(attempt),
        state=Refund.State.REQUESTED if needs_second else Refund.State.APPROVED,
        reason=wanted.reason[:240],
        decided_by_id=by_person,
        needs_second=needs_second,
        approved_at=None if needs_second else now,
        requested_at=now,
        next_at=now,
    )
    _take_from_lines(refund, wanted.taken or {})
    _take_from_order(order, refund)
    return refund


def _take_from_lines(refund: Refund, taken: Taken) -> None:
    for pk, (pieces, face) in sorted(taken.items()):
        RefundPart.objects.create(refund=refund, line_id=pk, quantity=pieces, face=face)
        OrderLine.objects.filter(pk=pk).update(fallen=F("fallen") + pieces, refunded=F("refunded") + face)


def _take_from_order(order: Order, refund: Refund) -> None:
    """What is left of the order shrinks by so much, whatever it was: a CHECK keeps it from going below zero, even unlocked."""
    added = {
        "refunded": refund.amount - refund.service_fee,
        "refunded_face": refund.face,
        "refunded_shipping": refund.shipping,
        "refunded_commission": refund.commission,
        "refunded_vat": refund.commission_vat,
        "refunded_tax": refund.income_tax,
    }
    Order.objects.filter(pk=order.pk).update(**{name: F(name) + amount for name, amount in added.items()})
    for name, amount in added.items():
        setattr(order, name, getattr(order, name) + amount)


def begin(refund: Refund, purchase: Purchase) -> None:
    """Send what is approved, lay the rest before a second person; nothing to pay is done at once."""
    if refund.amount == 0:
        refund.state = Refund.State.CONFIRMED
        refund.confirmed_at = clock.now()
        refund.save()
        return
    if refund.state == Refund.State.REQUESTED and refund.turned_down_by_id is None:
        tell.refund_to_approve(refund)
    if refund.channel == Refund.Channel.BANK:
        tell.refund_by_hand(refund, purchase)
    elif refund.state == Refund.State.APPROVED:
        ring("orders.refund", refund.pk)


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
    carried = again(refund, Refund.Channel.BANK)
    begin(carried, purchase)
    return carried


def carry_on(refund: Refund, purchase: Purchase) -> Refund:
    """A promise that had fallen lives again, under a new key, by the channel it had."""
    carried = again(refund, refund.channel)
    begin(carried, purchase)
    return carried


def again(refund: Refund, channel: str, amounts: Mapping[str, int] | None = None) -> Refund:
    """Write the promise anew, or the part of it that `amounts` are; the caller has ended the old one.

    Much money of no order that a person has to send now needs a second one from here on.
    """
    stem = refund.key.rsplit("-r", 1)[0]
    kept = {name: getattr(refund, name) for name in CARRIED_ON} | dict(amounts or {})
    if refund.order_id is None and channel == Refund.Channel.BANK and is_much(refund.amount) and not refund.needs_second:
        kept |= {"needs_second": True, "approved_at": None}
    is_agreed = refund.approved_by_id is not None or not kept["needs_second"]
    return Refund.objects.create(
        **kept,
        key=f"{stem}-r{Refund.objects.filter(key__startswith=f'{stem}-r').count() + 1}",
        origin_id=refund.origin_id or refund.pk,
        channel=channel,
        state=Refund.State.APPROVED if is_agreed else Refund.State.REQUESTED,
        next_at=clock.now(),
    )
