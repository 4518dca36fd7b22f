"""How the month's orders go on after being paid: well, badly, or not yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bebeli.kit import clock
from bebeli.orders import windows
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.cancel_order import cancel_order, cancel_unanswered
from bebeli.orders.actions.close_purchase import cancel_purchase, expire_purchase
from bebeli.orders.actions.deliver import deliver
from bebeli.orders.actions.hand_over import hand_over
from bebeli.orders.actions.receive import complete_by_time, receive
from bebeli.orders.actions.refund import name_refund_account, refund_seen, refund_sent
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.ship import ship
from bebeli.orders.actions.short import LOST, Missing, short
from bebeli.orders.flows.refund_proof import pay_with_proof
from bebeli.orders.models import Order, PaymentAttempt, Purchase, Refund
from bebeli.orders.models.order import OWN_DELIVERY
from demo.story import transfers
from demo.story.month import Tale, hear, orders_of, owner_of, stamp

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REASONS = ("Bahan baku sedang kosong", "Mesin pengemas rusak, maaf", "Sedang hajatan keluarga")


def paid(tale: Tale, purchase: Purchase, at: datetime) -> datetime:
    """The buyer pays some minutes later; returns when. A transfer is found by finance."""
    if purchase.payment.method == transfers.METHOD:
        return transfers.paid(tale, purchase, at)
    moment = at + timedelta(minutes=tale.dice.randint(2, 14))
    hear(tale, purchase, "settlement", moment)
    return moment


def unpaid(tale: Tale, purchase: Purchase, at: datetime) -> None:
    """Nobody pays: the provider closes, then the shop."""
    is_quick = windows.minutes(purchase.payment.method)[0] < 60  # noqa: PLR2004  minutes, not a day
    moment = at + (timedelta(minutes=40) if is_quick else timedelta(hours=25))
    if purchase.payment.method != transfers.METHOD:
        hear(tale, purchase, "expire", moment)
    with clock.standing_at(moment + timedelta(minutes=1)):
        expire_purchase(purchase.pk)


def called_off(tale: Tale, purchase: Purchase, at: datetime) -> None:
    """The buyer thinks better of it before paying."""
    moment = at + timedelta(minutes=9)
    if purchase.payment.method != transfers.METHOD:
        hear(tale, purchase, "expire", moment)
    with clock.standing_at(moment):
        cancel_purchase(purchase.pk, purchase.buyer_id)


def accepted(tale: Tale, order: Order, at: datetime) -> datetime:
    """The maker says yes within a day."""
    moment = at + timedelta(minutes=tale.dice.randint(20, 1200))
    with clock.standing_at(moment):
        accept(order.pk, owner_of(order))
    return moment


def sent(tale: Tale, order: Order, at: datetime) -> datetime:
    """The parcel leaves: by courier with a waybill, by the maker's own motorbike, or over the counter."""
    moment = at + timedelta(minutes=tale.dice.randint(60, 1500))
    with clock.standing_at(moment):
        if order.shipping_kind == "pickup":
            hand_over(order.pk, owner_of(order), order.pickup_code)
        elif order.shipping_kind == "local":
            ship(order.pk, owner_of(order), OWN_DELIVERY, "")
        else:
            ship(order.pk, owner_of(order), "JNE", f"DEMO{tale.dice.randint(10**9, 10**10)}")
    return moment


def arrived(tale: Tale, order: Order, at: datetime) -> datetime:
    """It gets there."""
    moment = at + timedelta(hours=tale.dice.randint(6, 60))
    if order.shipping_kind == "local":
        with clock.standing_at(moment):
            deliver(order.pk, owner_of(order))
    return moment


def received(tale: Tale, order: Order, at: datetime) -> None:
    """The buyer says so, or the window passes."""
    with clock.standing_at(at + timedelta(hours=tale.dice.randint(1, 20))):
        receive(order.pk, order.purchase.buyer_id)


def forgotten(order: Order) -> None:
    """The buyer never says anything."""
    order.refresh_from_db()
    if order.complete_by is not None:
        with clock.standing_at(order.complete_by + HOUR):
            complete_by_time(order.pk)


def whole_life(tale: Tale, order: Order, at: datetime) -> None:
    """From paid to completed."""
    moment = arrived(tale, order, sent(tale, order, accepted(tale, order, at)))
    if tale.dice.random() < 0.8:  # noqa: PLR2004  most people press the button
        received(tale, order, moment)
    else:
        forgotten(order)


def fallen(tale: Tale, order: Order, at: datetime, way: str) -> datetime:
    """The order falls after it was paid; returns when."""
    ways: dict[str, tuple[timedelta, Callable[[], object]]] = {
        "reject": (5 * HOUR, lambda: reject(order.pk, owner_of(order), tale.dice.choice(REASONS))),
        "cancel": (2 * HOUR, lambda: cancel_order(order.pk, order.purchase.buyer_id, "Salah pilih varian")),
        "time_out": (2 * DAY + HOUR, lambda: cancel_unanswered(order.pk)),
    }
    wait, call = ways[way]
    with clock.standing_at(at + wait):
        call()
    return at + wait


def given_back(tale: Tale, order: Order, at: datetime, finance_id: int) -> None:
    """The money goes back: through the provider, or by finance's transfer."""
    refund = Refund.objects.get(order=order)
    if refund.channel == Refund.Channel.PROVIDER:
        with clock.standing_at(at + timedelta(minutes=1)):
            refund_sent(refund.pk)
        with clock.standing_at(at + 3 * HOUR):
            refund_seen(refund.pk)
        _tell_provider(tale, refund, at)
        return
    with clock.standing_at(at + 2 * HOUR):
        name_refund_account(refund.pk, "014", f"12345{refund.pk:06d}", order.purchase.recipient)
    with clock.standing_at(at + 20 * HOUR):
        refund.refresh_from_db()
        pay_with_proof(refund.pk, finance_id, f"TRF{refund.pk:08d}", transfers.given_back(refund))


def shortened(order: Order, at: datetime) -> None:
    """The maker finds one piece less than was sold; the rest goes on."""
    line = order.lines.order_by("-quantity", "pk").first()
    if line is not None and line.quantity > 1:
        with clock.standing_at(at + HOUR):
            short(order.pk, owner_of(order), Missing(line.pk, 1, line.quantity, LOST, "Satu pecah saat dikemas"))


def named(order: Order, at: datetime) -> None:
    """The buyer has said where the money shall go; finance has not paid yet."""
    refund = Refund.objects.get(order=order)
    with clock.standing_at(at + HOUR):
        name_refund_account(refund.pk, "008", f"98765{refund.pk:06d}", order.purchase.recipient)


def _tell_provider(tale: Tale, refund: Refund, at: datetime) -> None:
    known = tale.known[PaymentAttempt.objects.get(pk=refund.attempt_id).code]
    known["refunds"].append(
        {
            "refund_key": refund.key,
            "amount": refund.amount,
            "reason": refund.reason,
            "created_at": stamp(at),
            "bank_confirmed_at": stamp(at + 3 * HOUR),
        }
    )
    whole = sum(row["amount"] for row in known["refunds"]) == known["gross_amount"]
    known["status"] = "refund" if whole else "partial_refund"


def each(purchase: Purchase) -> list[Order]:
    """The orders of a purchase, fresh, with their purchase at hand."""
    orders = orders_of(purchase)
    for order in orders:
        order.purchase = purchase
    return orders
