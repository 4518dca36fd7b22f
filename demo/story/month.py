"""A month of believable orders, each made by the shop's real verbs at a moved clock."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from django.conf import settings
from django.utils import timezone as now_of

from bebeli.accounts.addressing import checked, value_of
from bebeli.accounts.models import Address, User
from bebeli.catalog.models import Variant
from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.orders.actions.add_to_cart import add_to_cart
from bebeli.orders.actions.open_cart import open_cart_of_user
from bebeli.orders.actions.place import place
from bebeli.orders.actions.record_charge import record_charge
from bebeli.orders.actions.settle import settle
from bebeli.orders.cart_view import look
from bebeli.orders.flows import documents
from bebeli.orders.flows.quote import quote_cart
from bebeli.orders.gateway.types import Charge, Truth
from bebeli.orders.models import Order, PaymentAttempt, Purchase
from bebeli.orders.models.payment import WALLETS
from bebeli.orders.placing import Wish
from bebeli.places.models import Region
from demo.story import vouchers
from simulator import numbers

WIB = timezone(timedelta(hours=7))
METHODS = ("qris", "qris", "qris", "gopay", "gopay", "shopeepay", "bca_va", "bca_va", "bri_va", "bni_va", "mandiri_bill",
           "permata_va", "manual_transfer")  # fmt: skip
WIRE = {"bca_va": ("bank_transfer", "bca"), "bni_va": ("bank_transfer", "bni"), "bri_va": ("bank_transfer", "bri"),
        "permata_va": ("bank_transfer", "permata"), "mandiri_bill": ("echannel", ""), "qris": ("qris", ""),
        "gopay": ("gopay", ""), "shopeepay": ("shopeepay", "")}  # fmt: skip
PROVIDER = settings.MIDTRANS_BASE_URL
NEVER_SELL = frozenset({"toko05", "toko12", "toko19", "toko25", "toko31", "toko34", "toko38", "toko40"})


@dataclass
class Tale:
    """The month being told: dice, people, and what the provider must know afterwards."""

    dice: random.Random
    people: dict[str, User]
    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    turn: int = 0

    def goods(self) -> list[Variant]:
        """What people buy: never from the eight makers who still wait for a first order."""
        rows = Variant.objects.filter(is_active=True, product__status="published", product__is_service=False)
        emails = [f"{short}@example.com" for short in NEVER_SELL]
        return list(rows.exclude(product__seller__email__in=emails).select_related("product__seller").order_by("pk"))


def stamp(moment: datetime) -> str:
    """Return the provider's way of writing a moment."""
    return moment.astimezone(WIB).strftime("%Y-%m-%d %H:%M:%S")


def buy(tale: Tale, buyer: User, wanted: list[tuple[Variant, int]], at: datetime, method: str, how: str = "") -> Purchase | None:
    """Fill the cart, choose shipping, place and charge at a moment; None when nothing could be had."""
    with clock.standing_at(at):
        cart = open_cart_of_user(buyer.pk)
        for variant, quantity in wanted:
            try:
                add_to_cart(cart.pk, variant.sku, quantity)
            except Refused:
                continue
        view = look(cart.pk)
        address = value_of(Address.objects.of(buyer.pk)[0])
        region = Region.objects.with_ancestry().get(pk=address.region_code)
        quoted = quote_cart(view, region, address.locality)
        if not view.is_ready or any(not part.options for part in quoted.sellers):
            view_lines = [line.id for line in view.lines]
            cart.lines.filter(pk__in=view_lines).delete()
            return None
        shipping = {part.seller.slug: _option(tale, part.options, how) for part in quoted.sellers}
        wish = Wish(cart.pk, buyer.pk, buyer.email, checked(address), shipping, method, "personal", uuid.uuid4().hex)
        chosen = quoted.choose(shipping)
        tale.turn += 1
        purchase = place(vouchers.tried(tale.turn, wish, view, chosen), chosen)
        if method in WIRE:
            _charge(tale, purchase, method)
    return purchase


def _option(tale: Tale, options: tuple[Any, ...], how: str) -> str:
    by_kind = {option.kind: option.code for option in options}
    if how and how in by_kind:
        return str(by_kind[how])
    to_door = [option.code for option in options if option.kind != "pickup"]
    return str(tale.dice.choice(to_door or [options[0].code]))


def _charge(tale: Tale, purchase: Purchase, method: str) -> None:
    attempt = PaymentAttempt.objects.get(payment__purchase=purchase)
    kind, bank = WIRE[method]
    given = numbers.given(kind, bank, attempt.code, attempt.gross)
    transaction_id = str(uuid.UUID(int=tale.dice.getrandbits(128)))
    record_charge(
        attempt.pk,
        Charge(
            order_id=attempt.code,
            transaction_id=transaction_id,
            status="pending",
            amount=attempt.gross,
            currency="IDR",
            merchant_id=settings.MIDTRANS_MERCHANT_ID,
            va_number=given.get("va_number") or given.get("permata_va_number"),
            bank=bank or None,
            bill_key=given.get("bill_key"),
            biller_code=given.get("biller_code"),
            qr_string=given.get("qr_string") if kind == "qris" else None,
            qr_image_url=f"{PROVIDER}/v2/gopay/{transaction_id}/qr-code" if kind == "gopay" else None,
            expires_at=None,
            raw={},
            deeplink_url=f"{PROVIDER}/{kind}/ui/checkout?referenceid={transaction_id}" if kind in WALLETS else None,
        ),
    )
    tale.known[attempt.code] = {
        "order_id": attempt.code,
        "transaction_id": transaction_id,
        "payment_type": kind,
        "bank": bank,
        "gross_amount": attempt.gross,
        "status": "pending",
        "transaction_time": stamp(clock.now()),
        "expiry_time": stamp(purchase.payment.provider_until),
        "customer": purchase.recipient,
        "refunds": [],
    }


def hear(tale: Tale, purchase: Purchase, status: str, at: datetime, less: int = 0) -> None:
    """The provider says what became of the attempt, and of how much: so much less than was asked."""
    attempt = PaymentAttempt.objects.get(payment__purchase=purchase)
    known = tale.known[attempt.code]
    known["status"] = status
    known["gross_amount"] = attempt.gross - less
    if status == "settlement":
        known["settlement_time"] = stamp(at)
    truth = Truth(
        order_id=attempt.code,
        transaction_id=known["transaction_id"],
        status=status,
        status_code="200" if status == "settlement" else "407",
        fraud_status="accept",
        amount=known["gross_amount"],
        currency="IDR",
        merchant_id=settings.MIDTRANS_MERCHANT_ID,
        payment_type=known["payment_type"],
        paid_at=at if status == "settlement" else None,
        refunds=(),
        raw={},
    )
    with clock.standing_at(at):
        settle(attempt.pk, truth, settings.MIDTRANS_MERCHANT_ID)
        documents.issue_due()


def orders_of(purchase: Purchase) -> list[Order]:
    """The purchase's orders with their sellers."""
    return list(Order.objects.filter(purchase=purchase).select_related("seller").order_by("pk"))


def owner_of(order: Order) -> int:
    """The person who runs the order's stall."""
    return int(order.seller.members.values_list("user_id", flat=True)[0])


def real_now() -> datetime:
    """The wall clock."""
    return now_of.now()
