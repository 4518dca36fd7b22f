"""Carts, purchases and orders as the API shows them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from bebeli.orders import balance, couriers
from bebeli.orders.cart_view import CartView, LineView
from bebeli.orders.flows.quote import CartQuote
from bebeli.orders.models import Order, OrderLine, Payment, PaymentAttempt, Purchase, ReceivingAccount, Refund
from bebeli.orders.offers import Offers
from bebeli.sellers.api.shapes import picture_url, seller_shape
from bebeli.vouchers.fitting import Offer


def cart_line(line: LineView) -> dict[str, Any]:
    """Return one line; `problem` is None when nothing keeps it from being bought."""
    variant = line.variant
    return {
        "id": line.id,
        "sku": variant.sku,
        "name": variant.product.name,
        "options": variant.options,
        "product": variant.product.slug,
        "image": picture_url(variant.product.cover),
        "quantity": line.quantity,
        "price": line.price,
        "price_seen": line.price_seen,
        "subtotal": line.subtotal,
        "problem": line.problem or None,
    }


def cart_shape(cart: CartView) -> dict[str, Any]:
    """Return a whole cart, seller by seller."""
    groups = [
        {
            "seller": seller_shape(group.seller),
            "lines": [cart_line(line) for line in group.lines],
            "subtotal": group.subtotal,
        }
        for group in cart.groups
    ]
    return {"sellers": groups, "total": cart.total}


def offer_shape(one: Offer) -> dict[str, Any]:
    """Return a voucher as it stands for the caller's cart."""
    voucher = one.voucher
    return {
        "code": voucher.code,
        "name": voucher.name,
        "kind": voucher.kind,
        "payer": voucher.payer,
        "seller": voucher.seller.slug if voucher.seller else None,
        "automatic": voucher.is_automatic,
        "until": voucher.ends_at,
        "saving": one.amount,
        "chosen": one.is_chosen,
        "reason": {"code": one.misfit.code, "detail": one.misfit.words} if one.misfit else None,
    }


def quote_shape(quote: CartQuote, offers: Offers) -> dict[str, Any]:
    """Return what bringing each seller's part would cost, the goods' total, and what vouchers would take off."""
    parts = [
        {
            "seller": seller_shape(part.seller),
            "options": [
                {
                    "code": option.code,
                    "label": _(option.label),
                    "kind": option.kind,
                    "price": option.price,
                    "days": option.max_days,
                    "min_days": option.min_days,
                }
                for option in part.options
            ],
            "subtotal": part.subtotal,
        }
        for part in quote.sellers
    ]
    return {
        "sellers": parts,
        "total": sum(part.subtotal for part in quote.sellers),
        "vouchers": [offer_shape(one) for one in offers.rows],
        "discount": offers.deal.total,
        "campaigns": offers.campaigns,
        "voucher_problem": {"code": offers.misfit.code, "detail": offers.misfit.words} if offers.misfit else None,
    }


def _sold(line: OrderLine) -> dict[str, Any]:
    return {
        "sku": line.sku,
        "name": line.name,
        "options": line.options,
        "product": line.product_slug,
        "image": picture_url(line.picture),
        "quantity": line.quantity,
        "price": line.price,
        "subtotal": line.subtotal,
        "fallen": line.fallen,
    }


def _discounts(order: Order) -> dict[str, Any]:
    return {
        "seller_discount": order.seller_discount,
        "platform_discount": order.platform_discount,
        "promo_payer": order.promo_payer if order.platform_discount else None,
    }


def order_shape(order: Order) -> dict[str, Any]:
    """Return an order; purchase, seller's district, lines and events are loaded."""
    return {
        "code": order.code,
        "purchase": order.purchase.code,
        "seller": seller_shape(order.seller),
        "status": order.status,
        "lines": [_sold(line) for line in order.lines.all()],
        "goods_total": order.goods_total,
        **_discounts(order),
        "shipping": {
            "code": order.shipping_code,
            "label": _(order.shipping_label),
            "kind": order.shipping_kind,
            "price": order.shipping_price,
            "courier": order.courier or None,
            "waybill": order.waybill or None,
        },
        "total": order.total,
        "refunded": order.refunded,
        "note": order.note,
        "cancel_asked": order.is_cancel_asked,
        "cancel_reason": order.cancel_reason or None,
        "placed_at": order.placed_at,
        "answer_by": order.answer_by,
        "complete_by": order.complete_by,
        "events": [{"verb": event.verb, "at": event.at} for event in order.events.all()],
    }


def buyers_order(order: Order) -> dict[str, Any]:
    """Return an order as its buyer sees it, with the code to fetch it by and what goes back; refunds are loaded."""
    refunds = sorted(order.refunds.all(), key=lambda refund: refund.pk)
    return {
        **order_shape(order),
        "pickup_code": order.pickup_code or None,
        "refunds": [_refund(refund) for refund in refunds if refund.state != Refund.State.FAILED],
    }


def _refund(refund: Refund) -> dict[str, Any]:
    return {
        "amount": refund.amount,
        "status": refund.state,
        "reason": _(refund.reason) if refund.reason else None,
        "requested_at": refund.requested_at,
        "sent_at": refund.sent_at,
        "confirmed_at": refund.confirmed_at,
        "by": refund.channel,
        "account_needed": refund.is_open and refund.channel == Refund.Channel.BANK and not refund.account_number,
    }


def _earning(order: Order) -> dict[str, int]:
    one = balance.earning_of(order)
    return {
        "price": one.price,
        "discount": one.discount,
        "returned": one.returned,
        "fee": one.fees,
        "tax": one.tax,
        "courier": one.shipping,
        "net": one.net,
    }


def sellers_order(order: Order) -> dict[str, Any]:
    """Return an order as its maker sees it, with what it comes to and where it goes."""
    return {**order_shape(order), "earning": _earning(order), "ship_to": ship_to(order.purchase)}


def ship_to(purchase: Purchase) -> dict[str, Any]:
    """Return where a purchase goes."""
    return {
        "recipient": purchase.recipient,
        "phone": purchase.phone,
        "region": purchase.region_id,
        "region_name": purchase.region_text,
        "street": purchase.street,
        "postal_code": purchase.postal_code,
        "note": purchase.address_note,
    }


def account_shape(account: ReceivingAccount | None) -> dict[str, Any] | None:
    """Return where a transfer goes; None for any other method."""
    if account is None:
        return None
    return {"bank": couriers.bank_name(account.bank_code), "number": account.number, "holder": account.holder}


def payment_shape(payment: Payment) -> dict[str, Any]:
    """Return the payment with what its newest attempt gave to pay with; attempts are loaded."""
    attempts = sorted(payment.attempts.all(), key=lambda attempt: attempt.pk)
    newest = attempts[-1] if attempts else PaymentAttempt()
    return {
        "method": payment.method,
        "status": payment.status,
        "amount": payment.amount,
        "va_number": newest.va_number or None,
        "biller_code": newest.biller_code or None,
        "qr_string": newest.qr_string or None,
        "deeplink_url": newest.deeplink_url or None,
        "account": account_shape(newest.receiving),
        "pay_before": payment.pay_before,
    }


def purchase_shape(purchase: Purchase) -> dict[str, Any]:
    """Return a purchase with its orders and its payment."""
    return {
        "code": purchase.code,
        "status": purchase.status,
        "purse": purchase.purse,
        "goods_total": purchase.goods_total,
        "shipping_total": purchase.shipping_total,
        "discount": purchase.platform_discount,
        "service_fee": purchase.service_fee,
        "total": purchase.total,
        "address": ship_to(purchase),
        "orders": [buyers_order(order) for order in purchase.orders.all()],
        "payment": payment_shape(purchase.payment),
        "placed_at": purchase.placed_at,
    }
