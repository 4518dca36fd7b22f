"""Writes the planned purchases: purchases, payments, attempts, orders, lines, events, stock, notices, books and papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import models

from bebeli.notices.models import Notice, State
from bebeli.orders import windows
from bebeli.orders.actions.settle import RANK_SETTLED
from bebeli.orders.models import (
    AttemptEvent,
    Order,
    OrderEvent,
    OrderLine,
    Payment,
    PaymentAttempt,
    Purchase,
    Refund,
)
from bebeli.orders.models.order import OWN_DELIVERY
from demo.load import entries, papers, refunds, stock
from demo.load.copying import copy, next_ids
from demo.load.plan import Place, Plan
from demo.load.sales import Part, Sale, frozen, planned
from demo.story.month import WIRE
from simulator import numbers

S = Order.Status
STATUS = {
    "awaiting": S.AWAITING,
    "paid": S.PAID,
    "processing": S.PROCESSING,
    "shipped": S.SHIPPED,
    "completed": S.COMPLETED,
    "cancelled": S.CANCELLED,
}
Rows = dict[type[models.Model], list[dict[str, Any]]]


@dataclass(frozen=True)
class Ids:
    """The ids one purchase got; orders and refunds by the number of the part."""

    purchase: int
    payment: int
    attempt: int
    orders: tuple[int, ...]
    refunds: tuple[int, ...]


def write_orders(plan: Plan, villages: Sequence[Place]) -> None:
    """Plan and write so many orders."""
    sales = planned(plan, villages)
    ids = _ids(sales)
    rows: Rows = defaultdict(list)
    for sale, known in zip(sales, ids, strict=True):
        rows[Purchase].append(_purchase(sale, known))
        _payment(rows, sale, known)
        for number, part in enumerate(sale.parts):
            _order(rows, sale, part, known, number)
        _notices(rows, sale, known)
    for model in (Purchase, Payment, PaymentAttempt, AttemptEvent, Order, OrderLine, OrderEvent, Refund, Notice):
        copy(model, rows[model])
    stock.move(sales)
    entries.post(sales, ids)
    plan.say("pesanan", plan.orders)
    plan.say("dokumen", papers.write_papers([pk for known in ids for pk in known.orders], [known.purchase for known in ids]))


def _ids(sales: Sequence[Sale]) -> list[Ids]:
    count = len(sales)
    purchases, payments, attempts = (next_ids(model, count) for model in (Purchase, Payment, PaymentAttempt))
    orders = next_ids(Order, sum(len(sale.parts) for sale in sales))
    fallen = [sale for sale in sales if sale.fate == "cancelled"]
    refunds = next_ids(Refund, sum(len(sale.parts) for sale in fallen))
    return [
        Ids(
            next(purchases),
            next(payments),
            next(attempts),
            tuple(next(orders) for _ in sale.parts),
            tuple(next(refunds) for _ in sale.parts) if sale.fate == "cancelled" else (),
        )
        for sale in sales
    ]


def _purchase(sale: Sale, ids: Ids) -> dict[str, Any]:
    buyer, money = sale.buyer, sale.money
    return {
        "id": ids.purchase,
        "code": sale.code,
        "buyer_id": buyer.user_id,
        "email": buyer.email,
        "status": Purchase.Status.PAID if sale.is_paid else Purchase.Status.AWAITING,
        "recipient": buyer.recipient,
        "phone": buyer.phone,
        "region_id": buyer.place.village,
        "region_text": buyer.place.words,
        "street": buyer.street,
        "postal_code": buyer.place.postal_code,
        "goods_total": money.goods,
        "shipping_total": money.shipping,
        "service_fee": money.service_fee,
        "service_fee_vat": money.service_fee_vat,
        "total": money.total,
        "idem_owner": f"u:{buyer.user_id}",
        "idem_key": f"load-{sale.code}",
        "idem_body": "",
        "placed_at": sale.at["placed"],
        "paid_at": sale.at.get("paid"),
    }


def _payment(rows: Rows, sale: Sale, ids: Ids) -> None:
    placed, paid = sale.at["placed"], sale.at.get("paid")
    shown, provider, held = (placed + timedelta(minutes=many) for many in windows.minutes(sale.method))
    code, total = f"{sale.code}-p1", sale.money.total
    kind, bank = WIRE[sale.method]
    given = numbers.given(kind, bank, code, total)
    rows[Payment].append(
        {
            "id": ids.payment,
            "purchase_id": ids.purchase,
            "amount": total,
            "status": Payment.Status.SETTLED if sale.is_paid else Payment.Status.PENDING,
            "method": sale.method,
            "pay_before": shown,
            "provider_until": provider,
            "hold_until": held,
            "settled_at": paid,
        }
    )
    rows[PaymentAttempt].append(
        {
            "id": ids.attempt,
            "payment_id": ids.payment,
            "code": code,
            "method": sale.method,
            "status": PaymentAttempt.Status.SETTLED if sale.is_paid else PaymentAttempt.Status.PENDING,
            "rank": RANK_SETTLED if sale.is_paid else 0,
            "gross": total,
            "transaction_id": sale.transaction_id,
            "provider_status": "settlement" if sale.is_paid else "pending",
            "va_number": given.get("va_number") or given.get("permata_va_number") or "",
            "qr_string": given.get("qr_string") or "",
            "settled_at": paid,
            "created_at": placed,
            "ask_at": provider,  # nobody at the provider knows it: the first question comes when its time is over
        }
    )
    if paid:
        event = {"attempt_id": ids.attempt, "provider_status": "settlement", "rank": RANK_SETTLED, "amount": total, "at": paid}
        rows[AttemptEvent].append(event)


def _order(rows: Rows, sale: Sale, part: Part, ids: Ids, number: int) -> None:
    at, money, code = sale.at, sale.money.orders[part.seller_id], f"{sale.code}-{number + 1}"
    shipped, completed, cancelled = at.get("shipped"), at.get("completed"), at.get("cancelled")
    rows[Order].append(
        {
            "id": ids.orders[number],
            "purchase_id": ids.purchase,
            "seller_id": part.seller_id,
            "code": code,
            "status": STATUS[sale.fate],
            "goods_total": money.goods,
            "shipping_price": money.shipping,
            "total": money.total,
            "shipping_code": part.option.code,
            "shipping_label": str(part.option.label),
            "shipping_kind": part.option.kind,
            "shipping_paid_by": part.option.paid_by,
            "shipping_min_days": part.option.min_days,
            "shipping_max_days": part.option.max_days,
            "weight_g": part.weight_g,
            **frozen(sale, money),
            **(refunds.gone(money) if cancelled else {}),
            "courier": OWN_DELIVERY if shipped else "",
            "placed_at": at["placed"],
            "paid_at": at.get("paid"),
            "answer_by": windows.answer_by(at["paid"]) if "paid" in at else None,
            "accepted_at": at.get("accepted"),
            "shipped_at": shipped,
            "delivered_at": completed,
            "complete_by": windows.complete_after_shipping(shipped, part.option.max_days) if shipped else None,
            "closed_at": completed or cancelled,
            "cancel_reason": refunds.WHY if cancelled else "",
        }
    )
    rows[OrderLine] += _lines(part, ids.orders[number], money.line_bps)
    rows[OrderEvent] += _events(sale, part, ids.orders[number])
    if cancelled:
        rows[Refund].append(refunds.refund(sale, part, ids, number))


def _lines(part: Part, order_id: int, bps: Sequence[int]) -> list[dict[str, Any]]:
    return [
        {
            "order_id": order_id,
            "variant_id": ware.variant_id,
            "sku": ware.sku,
            "name": ware.name,
            "options": ware.label,
            "product_slug": ware.slug,
            "picture": ware.cover,
            "quantity": pieces,
            "price": ware.price,
            "subtotal": ware.price * pieces,
            "commission_bp": commission_bp,
        }
        for (ware, pieces), commission_bp in zip(part.lines, bps, strict=True)
    ]


def _events(sale: Sale, part: Part, order_id: int) -> list[dict[str, Any]]:
    buyer, owner = sale.buyer.user_id, part.lines[0][0].owner_id
    told = (
        ("placed", "place", "buyer", buyer, "", S.AWAITING),
        ("paid", "settle", "provider", None, S.AWAITING, S.PAID),
        ("accepted", "accept", "seller", owner, S.PAID, S.PROCESSING),
        ("shipped", "ship", "seller", owner, S.PROCESSING, S.SHIPPED),
        ("completed", "deliver", "buyer", buyer, S.SHIPPED, S.DELIVERED),
        ("completed", "complete", "buyer", buyer, S.DELIVERED, S.COMPLETED),
        ("cancelled", "cancel", "buyer", buyer, S.PAID, S.CANCELLED),
    )
    return [
        {
            "order_id": order_id,
            "verb": verb,
            "actor": actor,
            "by_id": by,
            "from_status": came_from,
            "to_status": went_to,
            "reason": refunds.WHY if verb == "cancel" else "",
            "at": sale.at[when],
        }
        for when, verb, actor, by, came_from, went_to in told
        if when in sale.at
    ]


def _notices(rows: Rows, sale: Sale, ids: Ids) -> None:
    """What was mailed in the past is in nobody's mailbox: sent, and only by mail."""
    buyer, whole = sale.buyer.user_id, {"purchase": ids.purchase}
    told = [("placed", "orders.placed", sale.code, buyer, whole), ("paid", "orders.paid", sale.code, buyer, whole)]
    for number, part in enumerate(sale.parts):
        code, one, owner = f"{sale.code}-{number + 1}", {"order": ids.orders[number]}, part.lines[0][0].owner_id
        told += [
            ("paid", "orders.new", code, owner, one),
            ("accepted", "orders.accepted", code, buyer, one),
            ("shipped", "orders.shipped", code, buyer, one),
            ("completed", "orders.completed", code, owner, one),
            ("cancelled", "orders.cancelled", code, buyer, one),
            ("cancelled", "orders.cancelled_by_buyer", code, owner, one),
        ]
        if ids.refunds:
            told.append(("returned", "orders.refund_confirmed", f"{code}-r1", buyer, {"refund": ids.refunds[number]}))
    rows[Notice] += [
        {
            "dedup_key": f"{kind}:{ref}:email:{who}",
            "kind": kind,
            "channel": Notice.Channel.EMAIL,
            "user_id": who,
            "ref": ref,
            "payload": payload,
            "state": State.SENT,
            "next_at": sale.at[when],
            "created_at": sale.at[when],
            "sent_at": sale.at[when],
        }
        for when, kind, ref, who, payload in told
        if when in sale.at
    ]
