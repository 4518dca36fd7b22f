"""The shapes of carts, purchases and orders, for the description of the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from bebeli.orders.models import Order, Payment, Purchase, Refund
from bebeli.orders.models.payment import Method
from bebeli.sellers.api.shapes import SellerShape
from bebeli.vouchers.models import Voucher

PROBLEMS = ("not_on_sale", "out_of_stock", "too_many", "price_changed")


class CartLineShape(serializers.Serializer[Any]):
    """One line of the cart."""

    id = serializers.IntegerField()
    sku = serializers.CharField()
    name = serializers.CharField()
    options = serializers.DictField(child=serializers.CharField())
    product = serializers.CharField(help_text="slug")
    image = serializers.CharField(allow_null=True)
    quantity = serializers.IntegerField()
    price = serializers.IntegerField(help_text="now, rupiah")
    price_seen = serializers.IntegerField(help_text="that the shopper agreed to, rupiah")
    subtotal = serializers.IntegerField()
    problem = serializers.ChoiceField(choices=PROBLEMS, allow_null=True)


class CartGroup(serializers.Serializer[Any]):
    """One seller's lines."""

    seller = SellerShape()
    lines = CartLineShape(many=True)
    subtotal = serializers.IntegerField()


class CartShape(serializers.Serializer[Any]):
    """The whole cart."""

    sellers = CartGroup(many=True)
    total = serializers.IntegerField(help_text="of what can be bought, without shipping")


class ShippingOption(serializers.Serializer[Any]):
    """One way to bring a parcel."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # DRF's own attribute
    kind = serializers.CharField()
    price = serializers.IntegerField()
    days = serializers.IntegerField(help_text="at most")
    min_days = serializers.IntegerField()


class QuoteGroup(serializers.Serializer[Any]):
    """One seller's options; none when it does not ship there."""

    seller = SellerShape()
    options = ShippingOption(many=True)
    subtotal = serializers.IntegerField()


class VoucherProblem(serializers.Serializer[Any]):
    """Why a voucher does not fit."""

    code = serializers.CharField()
    detail = serializers.CharField()


class OfferShape(serializers.Serializer[Any]):
    """A voucher as it stands for the cart."""

    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Voucher.Kind.choices)
    payer = serializers.ChoiceField(choices=Voucher.Payer.choices)
    seller = serializers.CharField(allow_null=True, help_text="slug")
    automatic = serializers.BooleanField()
    until = serializers.DateTimeField()
    saving = serializers.IntegerField(help_text="rupiah; 0 where it does not fit")
    chosen = serializers.BooleanField()
    reason = VoucherProblem(allow_null=True)


class QuoteShape(serializers.Serializer[Any]):
    """What bringing the cart would cost."""

    sellers = QuoteGroup(many=True)
    total = serializers.IntegerField(help_text="of the goods, without shipping")
    vouchers = OfferShape(many=True)
    discount = serializers.IntegerField(help_text="of the chosen vouchers together")
    campaigns = serializers.ListField(child=serializers.CharField(), help_text="to send when placing")
    voucher_problem = VoucherProblem(allow_null=True)


class OrderLineShape(serializers.Serializer[Any]):
    """What was sold, as it was sold."""

    sku = serializers.CharField()
    name = serializers.CharField()
    options = serializers.CharField()
    product = serializers.CharField(help_text="slug")
    image = serializers.CharField(allow_null=True)
    quantity = serializers.IntegerField()
    price = serializers.IntegerField()
    subtotal = serializers.IntegerField()
    fallen = serializers.IntegerField(help_text="pieces that cannot come; their money went back")


class OrderShipping(serializers.Serializer[Any]):
    """How it comes."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # DRF's own attribute
    kind = serializers.CharField()
    price = serializers.IntegerField()
    courier = serializers.CharField(allow_null=True)
    waybill = serializers.CharField(allow_null=True)


class EventShape(serializers.Serializer[Any]):
    """One move."""

    verb = serializers.CharField()
    at = serializers.DateTimeField()


class ShipTo(serializers.Serializer[Any]):
    """Where it goes."""

    recipient = serializers.CharField()
    phone = serializers.CharField()
    region = serializers.CharField()
    region_name = serializers.CharField()
    street = serializers.CharField()
    postal_code = serializers.CharField()
    note = serializers.CharField()


class OrderShape(serializers.Serializer[Any]):
    """One seller's part of a purchase."""

    code = serializers.CharField()
    purchase = serializers.CharField()
    seller = SellerShape()
    status = serializers.ChoiceField(choices=Order.Status.choices)
    lines = OrderLineShape(many=True)
    goods_total = serializers.IntegerField()
    seller_discount = serializers.IntegerField()
    platform_discount = serializers.IntegerField()
    promo_payer = serializers.ChoiceField(choices=Order.PromoPayer.choices, allow_null=True)
    shipping = OrderShipping()
    total = serializers.IntegerField()
    refunded = serializers.IntegerField(help_text="what of it went back to the buyer, or is promised to")
    note = serializers.CharField()
    cancel_asked = serializers.BooleanField()
    cancel_reason = serializers.CharField(allow_null=True)
    placed_at = serializers.DateTimeField()
    answer_by = serializers.DateTimeField(allow_null=True)
    complete_by = serializers.DateTimeField(allow_null=True)
    events = EventShape(many=True)


class RefundShape(serializers.Serializer[Any]):
    """Money on its way back to the buyer."""

    amount = serializers.IntegerField(help_text="rupiah, with the service fee where that goes back")
    status = serializers.ChoiceField(choices=[one for one in Refund.State.choices if one[0] != Refund.State.FAILED])
    reason = serializers.CharField(allow_null=True)
    requested_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True)
    confirmed_at = serializers.DateTimeField(allow_null=True, help_text="when it reached the buyer")
    by = serializers.ChoiceField(choices=Refund.Channel.values, help_text="the provider, or finance by transfer")
    account_needed = serializers.BooleanField(help_text="whether it waits for the buyer to name a bank account")


class EarningShape(serializers.Serializer[Any]):
    """What an order comes to: price less all between is the maker's."""

    price = serializers.IntegerField(help_text="goods and shipping")
    discount = serializers.IntegerField(help_text="the stall's own")
    returned = serializers.IntegerField(help_text="to the buyer")
    fee = serializers.IntegerField(help_text="commission with its PPN")
    tax = serializers.IntegerField(help_text="PPh 22")
    courier = serializers.IntegerField(help_text="shipping that goes to a courier")
    net = serializers.IntegerField()


class BuyersOrder(OrderShape):
    """An order as its buyer sees it."""

    refunds = RefundShape(many=True)

    pickup_code = serializers.CharField(allow_null=True)


class SellersOrder(OrderShape):
    """An order as its maker sees it."""

    earning = EarningShape()
    ship_to = ShipTo()


class ReceivingShape(serializers.Serializer[Any]):
    """The shop's own account, for a transfer."""

    bank = serializers.CharField()
    number = serializers.CharField()
    holder = serializers.CharField()


class PaymentShape(serializers.Serializer[Any]):
    """How to pay; numbers are null while the provider is away."""

    method = serializers.ChoiceField(choices=Method.choices)
    status = serializers.ChoiceField(choices=Payment.Status.choices)
    amount = serializers.IntegerField()
    va_number = serializers.CharField(allow_null=True)
    biller_code = serializers.CharField(allow_null=True)
    qr_string = serializers.CharField(allow_null=True)
    deeplink_url = serializers.CharField(allow_null=True, help_text="opens the wallet's app")
    account = ReceivingShape(allow_null=True)
    pay_before = serializers.DateTimeField()


class PurchaseShape(serializers.Serializer[Any]):
    """One checkout."""

    code = serializers.CharField()
    status = serializers.ChoiceField(choices=Purchase.Status.choices)
    purse = serializers.ChoiceField(choices=Purchase.Purse.choices)
    goods_total = serializers.IntegerField()
    shipping_total = serializers.IntegerField()
    discount = serializers.IntegerField()
    service_fee = serializers.IntegerField()
    total = serializers.IntegerField()
    address = ShipTo()
    orders = BuyersOrder(many=True)
    payment = PaymentShape()
    placed_at = serializers.DateTimeField()
