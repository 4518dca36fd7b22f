"""What is printed, frozen: pure functions from loaded rows to a document's body."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bebeli.orders.ledger import left_of
from bebeli.orders.models import Document, Order, OrderLine, Purchase, Refund
from bebeli.orders.totals import vat_within
from bebeli.sellers.models import Seller

Body = dict[str, Any]
PLATFORM = {"name": "BEBELI", "owner": "Bekasi Berani Beli", "nib": "", "street": "", "place": "Kabupaten Bekasi"}


def canonical(body: Body) -> str:
    """Return the one way a body is written, whose bytes are hashed."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seller_part(seller: Seller) -> Body:
    """Who sold; village and district are loaded."""
    return {
        "name": seller.name,
        "owner": seller.owner_name,
        "nib": seller.nib,
        "street": seller.street,
        "place": f"{seller.village.name}, {seller.district.name} {seller.postal_code}",
    }


def order_part(order: Order) -> Body:
    """Which order, and who bought; the purchase and its payment are loaded."""
    return {
        "order": order.code,
        "placed_at": order.placed_at.isoformat(),
        "paid_at": order.paid_at.isoformat() if order.paid_at else "",
        **_buyer_part(order.purchase),
    }


def purchase_part(purchase: Purchase) -> Body:
    """Which purchase, and who bought; the payment is loaded. BEBELI itself is the seller of its service."""
    return {
        "purchase": purchase.code,
        "placed_at": purchase.placed_at.isoformat(),
        "paid_at": purchase.paid_at.isoformat() if purchase.paid_at else "",
        **_buyer_part(purchase),
        "seller": PLATFORM,
    }


def _buyer_part(purchase: Purchase) -> Body:
    buyer = {
        "name": purchase.recipient,
        "street": purchase.street,
        "place": f"{purchase.region_text} {purchase.postal_code}",
    }
    return {"method": purchase.payment.method, "buyer": buyer}


def invoice(order: Order, lines: Iterable[OrderLine]) -> Body:
    """What was bought and what it cost; the amount is the order's total."""
    return {
        **order_part(order),
        "seller": seller_part(order.seller),
        "lines": [
            {
                "name": line.name,
                "options": line.options,
                "sku": line.sku,
                "quantity": line.quantity,
                "price": line.price,
                "subtotal": line.subtotal,
            }
            for line in lines
        ],
        "goods": order.goods_total,
        "seller_discount": order.seller_discount,
        "goods_vat": vat_within(order.goods_total - order.seller_discount, order.goods_vat_bp),
        "shipping_label": order.shipping_label,
        "shipping": order.shipping_price,
        "total": order.total,
        "platform_discount": order.platform_discount,
        "promo_payer": order.promo_payer,
        "paid": order.paid_by_buyer,
    }


def receipt(order: Order) -> Body:
    """That the buyer's money came; the amount is what the buyer paid for this order."""
    return {
        **order_part(order),
        "seller": seller_part(order.seller),
        "platform_discount": order.platform_discount,
        "promo_payer": order.promo_payer,
        "paid": order.paid_by_buyer,
    }


def fee_receipt(purchase: Purchase) -> Body:
    """That the buyer paid BEBELI's service fee; the amount is the fee, with the PPN it contains."""
    return {**purchase_part(purchase), "fee": purchase.service_fee, "vat": purchase.service_fee_vat}


def fee_credit(purchase: Purchase, cancelled: Document) -> Body:
    """That the service fee went back, because nothing of the purchase stays sold; the amount is the fee."""
    return {**purchase_part(purchase), "cancels": cancelled.printed_code, "vat": purchase.service_fee_vat}


def credit_note(order: Order, cancelled: Document, reason: str, refund: Refund | None) -> Body:
    """That an invoice is taken back; the amount is the invoice's, less what parts of it went back before."""
    return {
        **order_part(order),
        "seller": seller_part(order.seller),
        "cancels": cancelled.printed_code,
        "reason": reason,
        "refund": {"amount": refund.amount, "service_fee": refund.service_fee} if refund is not None else None,
    }


def part_note(order: Order, standing: Document, refund: Refund) -> Body:
    """That a part of an order went back; the invoice stands, the amount is the part's face. Lines of the parts are loaded."""
    parts = refund.parts.select_related("line").order_by("pk")
    return {
        **order_part(order),
        "seller": seller_part(order.seller),
        "of_invoice": standing.printed_code,
        "reason": refund.reason,
        "lines": [{"name": part.line.name, "quantity": part.quantity, "face": part.face} for part in parts],
        "shipping": refund.shipping,
        "goods_vat": vat_within(refund.face - refund.shipping, order.goods_vat_bp),
        "refund": {"amount": refund.amount, "service_fee": 0},
    }


@dataclass(frozen=True)
class After:
    """What else moved a seller's money in a month.

    `claims` is what went back of what was earned before, `settled` what of a debt the balance paid off, `twice` what was
    taken again because its payout had arrived although it was given back; a month without it does not speak of it.
    """

    claims: int
    settled: int
    twice: int


def statement(
    seller: Seller, month: date, rows: Sequence[tuple[Order, datetime]], after: After, slips: Sequence[Document]
) -> Body:
    """What a seller's orders completed in a month brought, and which slips tell its fee and tax."""
    orders = [_earned(order, at) for order, at in rows]
    names = ("price", "discount", "returned", "goods", "shipping", "total", "fee", "tax", "courier", "net")
    totals = {name: sum(row[name] for row in orders) for name in names}
    return {
        "seller": seller_part(seller),
        "month": month.isoformat(),
        "orders": orders,
        "totals": totals,
        "claims": after.claims,
        "settled": after.settled,
        **({"twice": after.twice} if after.twice else {}),
        "slips": [slip.printed_code for slip in slips],
    }


def _earned(order: Order, at: datetime) -> Body:
    earlier = [refund for refund in order.refunds.all() if refund.origin_id is None and not refund.is_earned]
    money = left_of(order, earlier)
    shipping = order.shipping_price - sum(refund.shipping for refund in earlier)
    return {
        "order": order.code,
        "at": at.isoformat(),
        "price": order.goods_total + order.shipping_price,
        "discount": order.seller_discount,
        "returned": sum(refund.face for refund in earlier),
        "goods": money.total - shipping,
        "shipping": shipping,
        "total": money.total,
        "fee": money.commission + money.commission_vat,
        "tax": money.income_tax,
        "courier": money.platform_shipping,
        "net": money.net,
    }
