"""Money that its payer has twice, by the real verbs."""

from __future__ import annotations

from django.conf import settings

from bebeli.accounts.models import User
from bebeli.orders.actions.approve_refund import approve_refund
from bebeli.orders.actions.refund import name_refund_account, refund_paid_by_hand, refund_seen, refund_sent
from bebeli.orders.actions.settle import settle
from bebeli.orders.actions.write_off_double import approve_write_off, propose_write_off
from bebeli.orders.models import DoubleRefund, Refund
from tests import returning, world
from tests.orders.test_odd_truths import expired, hear

WHY = "nomor pembeli mati, surel tidak dibalas"


def for_nothing(buyer: User | None = None) -> DoubleRefund:
    """Money that came too late, was transferred back, and was taken back by the provider, too."""
    goods = world.variant(stock=2)
    purchase = expired((goods, 2))
    if buyer is not None:
        type(purchase).objects.filter(pk=purchase.pk).update(buyer=buyer)
    world.paid(world.user(), (goods, 1))
    hear(purchase, "settlement")
    refund = Refund.objects.get(attempt__payment__purchase=purchase)
    if refund.needs_second:
        approve_refund(refund.pk, world.finance().pk)
    name_refund_account(refund.pk, "014", "1234567890", "Uji")
    refund_paid_by_hand(refund.pk, world.finance().pk, "REF-1", world.PROOF)
    assert hear(purchase, "deny") == "reversed"
    return DoubleRefund.objects.get(attempt__payment__purchase=purchase)


def of_an_order() -> DoubleRefund:
    """A part of an order that went on was given back, then the whole payment was charged back."""
    order = returning.order()
    refund = returning.pieces(order)
    refund_sent(refund.pk)
    refund_seen(refund.pk)
    attempt = world.attempt_of(order.purchase)
    settle(attempt.pk, world.truth(attempt, "chargeback"), settings.MIDTRANS_MERCHANT_ID)
    return DoubleRefund.objects.get(refund=refund)


def officers(many: int = 2) -> list[int]:
    return [world.finance().pk for _number in range(many)]


def written_off(case: DoubleRefund) -> DoubleRefund:
    """By two people."""
    first, second = officers()
    propose_write_off(case.pk, first, WHY)
    return approve_write_off(case.pk, second)
