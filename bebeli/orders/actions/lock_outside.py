"""How the verbs of money that left a payment without us take it: its purchase and orders, then the case, fresh."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.locks import Locks
from bebeli.kit.ring import ring
from bebeli.orders import looking, returns, splitting
from bebeli.orders.models import Order, OutsideRefund, Purchase, Refund

S = OutsideRefund.State
R = Refund.State


@dataclass
class Outside:
    """A locked purchase with what went out of its payment."""

    locks: Locks
    purchase: Purchase
    orders: list[Order]
    case: OutsideRefund


def take_outside(case_id: int) -> Outside:
    """Lock a case's purchase and orders and read the case under those locks; raises OutsideRefund.DoesNotExist."""
    locks = Locks()
    purchase = locks.row(Purchase, OutsideRefund.objects.values_list("attempt__payment__purchase_id", flat=True).get(pk=case_id))
    orders = locks.where(Order, Q(purchase=purchase))
    for order in orders:
        order.purchase = purchase
    return Outside(locks, purchase, orders, OutsideRefund.objects.select_related("attempt").get(pk=case_id))


def refuse_decided(outside: Outside, user_id: int) -> None:
    """Refuse when it was decided already, or to whoever made the purchase."""
    looking.refuse_own_purchase(outside.purchase.buyer_id, user_id)
    if not outside.case.is_open:
        raise Refused(
            "case_decided",
            _("Kasus ini sudah %(state)s. Muat ulang halamannya.") % {"state": outside.case.get_state_display()},
            state=outside.case.state,
        )


def refuse_unknown(outside: Outside) -> None:
    """Refuse to place an amount that nobody knows."""
    if outside.case.amount is None:
        raise Refused("amount_unknown", _("Penyedia tidak menyebut jumlahnya. Tulis dulu jumlah yang terlihat di dasbornya."))


def reason_of(text: str) -> str:
    """Return a reason in one line; raises InvalidInput at `alasan` when there is none."""
    reason = " ".join(text.replace("\0", "").split())[:240]
    if not reason:
        raise InvalidInput("reason_needed", _("Tulis alasannya. Ini tercatat bersama nama Anda."), field="alasan")
    return reason


def put_on(outside: Outside, refund: Refund, user_id: int) -> Refund:
    """Say that the provider gave this promise, or so much of it as went out; the rest of it goes on by itself."""
    case, left = outside.case, outside.case.left
    if refund.amount > left:
        refund, rest = splitting.cut(refund, left)
        returns.begin(rest, outside.purchase)
    refund.outside = case
    refund.channel = Refund.Channel.PROVIDER
    refund.taken_by, refund.taken_at = None, None
    if refund.state == R.APPROVED:
        refund.state, refund.sent_at = R.SENT, clock.now()
    refund.save()
    if refund.state == R.SENT and case.confirmed_at is not None:
        returns.confirm(outside.locks, refund, outside.purchase)
    close_if_placed(outside, user_id)
    return refund


def close_if_placed(outside: Outside, user_id: int, reason: str = "") -> None:
    """Remember who decided; end the case once all of it is placed, and let wait no longer what waited for that."""
    case = outside.case
    case.decided_by_id, case.decided_at = user_id, clock.now()
    case.reason = reason or case.reason
    if case.left == 0:
        case.state = S.PLACED
    case.save()
    if not case.is_open:
        release(case)


def release(case: OutsideRefund) -> None:
    """Let refunds of this payment go on that waited for the case."""
    waiting = Refund.objects.filter(attempt=case.attempt, channel=Refund.Channel.PROVIDER, state__in=Refund.PAYABLE)
    for pk in list(waiting.values_list("pk", flat=True)):
        ring("orders.refund", pk)


def may_be(refund: Refund) -> bool:
    """Tell whether money that went out may be this promise: it is owed, and nobody has asked a provider for it."""
    return refund.outside_id is None and refund.state in {Refund.State.REQUESTED, Refund.State.APPROVED}


def refuse_promises(outside: Outside) -> None:
    """Refuse while money of this payment is promised that this may be: one gives it back once only."""
    if any(may_be(refund) for refund in outside.case.attempt.refunds.all()):
        raise Refused("promise_open", _("Pembayaran ini punya pengembalian yang menunggu dikirim. Cocokkan dengan itu dulu."))


def is_being_sent(refund_id: int) -> bool:
    """Tell whether a worker is asking the provider for it at this moment."""
    return Refund.objects.filter(pk=refund_id, channel=Refund.Channel.PROVIDER, lease_until__gt=Now()).exists()
