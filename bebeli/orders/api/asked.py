"""The shapes of what is asked of carts, purchases and orders."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from bebeli.accounts.api.address import AddressSerializer
from bebeli.kit.api_lists import PageQuery
from bebeli.orders.actions.short import BACK, LOST
from bebeli.orders.models import Order, Purchase
from bebeli.orders.models.cart import MAX_QUANTITY

MOST_MONEY = 10**15


class NewLineSerializer(serializers.Serializer[Any]):
    """Into the cart."""

    sku = serializers.CharField(max_length=40)
    quantity = serializers.IntegerField(min_value=1, max_value=MAX_QUANTITY)


class LineSerializer(serializers.Serializer[Any]):
    """Exactly one of the two."""

    quantity = serializers.IntegerField(required=False, min_value=1, max_value=MAX_QUANTITY)
    price_seen = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST_MONEY, help_text="the changed price that is agreed to"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse both and neither."""
        if len(attrs) != 1:
            raise serializers.ValidationError({"quantity": [_("Kirim quantity atau price_seen, salah satu.")]})
        return attrs


class BySellerField(serializers.DictField):
    """A text by seller slug."""

    def to_internal_value(self, data: Any) -> dict[Any, Any]:
        """Hold the slugs to the shape of a text, too."""
        values: dict[Any, Any] = super().to_internal_value(data)
        name = serializers.CharField(max_length=80)
        return {name.run_validation(slug): value for slug, value in values.items()}


class QuoteSerializer(serializers.Serializer[Any]):
    """Where it shall go."""

    address = AddressSerializer()
    purse = serializers.ChoiceField(choices=Purchase.Purse.choices, default=Purchase.Purse.PERSONAL)
    voucher = serializers.CharField(required=False, allow_blank=True, allow_null=True, max_length=40)
    shipping = BySellerField(
        child=serializers.CharField(max_length=24), required=False, help_text="option code by seller slug; the cheapest without"
    )


class PurchaseSerializer(QuoteSerializer):
    """A purchase of the whole cart."""

    shipping = BySellerField(child=serializers.CharField(max_length=24), help_text="option code by seller slug")
    payment_method = serializers.CharField(max_length=24, help_text="bca_va, mandiri_bill, qris …")
    campaigns = serializers.ListField(
        child=serializers.CharField(max_length=40),
        required=False,
        max_length=20,
        help_text="codes of automatic vouchers, as the quote chose them",
    )
    notes = BySellerField(
        child=serializers.CharField(max_length=240, allow_blank=True),
        required=False,
        help_text="to a maker, by seller slug",
    )


class ReasonSerializer(serializers.Serializer[Any]):
    """Why; the other side reads it."""

    reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=240)


class RejectSerializer(serializers.Serializer[Any]):
    """Why; the buyer reads it."""

    reason = serializers.CharField(max_length=240)


class ShortSerializer(serializers.Serializer[Any]):
    """So many pieces of a line cannot be delivered."""

    sku = serializers.CharField(max_length=40)
    quantity = serializers.IntegerField(min_value=1, max_value=MAX_QUANTITY)
    left = serializers.IntegerField(
        min_value=1, max_value=MAX_QUANTITY, help_text="pieces of the line that stood when this was decided: quantity less fallen"
    )
    goods = serializers.ChoiceField(choices=[BACK, LOST], help_text="kembali: back on the shelf; hilang: broken or gone")
    reason = serializers.CharField(max_length=200, help_text="the buyer reads it")


class ShipSerializer(serializers.Serializer[Any]):
    """Who carries it; own delivery is `sendiri` and needs no waybill."""

    courier = serializers.CharField(max_length=40)
    waybill = serializers.CharField(required=False, allow_blank=True, default="", max_length=60)


class HandOverSerializer(serializers.Serializer[Any]):
    """The code the buyer shows."""

    code = serializers.CharField(max_length=12)


class OrderQuery(PageQuery):
    """Which orders."""

    search = serializers.CharField(required=False, default="", max_length=100, help_text="code, goods, or recipient")
    status = serializers.CharField(required=False, default="", max_length=16, help_text="an order status")

    def validate_status(self, value: str) -> str:
        """One of the names of the contract, or nothing."""
        if value and value not in Order.Status.values:
            raise serializers.ValidationError(list(Order.Status.values))
        return value
