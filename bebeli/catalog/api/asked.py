"""The shapes of what is asked of the shelf."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from bebeli.catalog.actions.product_values import (
    LONGEST_TEXT,
    MOST_CM,
    MOST_DAYS,
    MOST_GRAMS,
    MOST_PRICE,
    MOST_STOCK,
    MOST_TAGS,
    MOST_VARIANTS,
)
from bebeli.catalog.models import Product
from bebeli.catalog.search import LONGEST_PRICE, ORDERS, Filters
from bebeli.kit.api_lists import PageQuery


class ProductQuery(PageQuery):
    """Which products, in which order."""

    search = serializers.CharField(required=False, default="", max_length=100)
    category = serializers.SlugField(required=False, default="", max_length=60)
    seller = serializers.SlugField(required=False, default="", max_length=80)
    district = serializers.CharField(required=False, default="", max_length=13, help_text="code of a kecamatan")
    min_price = serializers.IntegerField(required=False, default=None, min_value=0, max_value=LONGEST_PRICE)
    max_price = serializers.IntegerField(required=False, default=None, min_value=0, max_value=LONGEST_PRICE)
    certificate = serializers.CharField(required=False, default="", max_length=20, help_text="halal, pirt, bpom_md …")
    level = serializers.CharField(required=False, default="", max_length=20)
    export_ready = serializers.BooleanField(required=False, default=False)
    in_stock = serializers.BooleanField(required=False, default=False)
    ordering = serializers.ChoiceField(required=False, default="", choices=list(ORDERS), help_text="else best first")

    def filters(self) -> Filters:
        """Return what was asked for, once it is valid."""
        said = self.validated_data
        names = ("category", "seller", "district", "min_price", "max_price", "certificate", "level", "export_ready")
        return Filters(
            q=said["search"],
            in_stock=said["in_stock"],
            ordering=said["ordering"],
            **{name: said[name] for name in names},
        )


class OwnProductQuery(PageQuery):
    """Which of one's own products."""

    search = serializers.CharField(required=False, default="", max_length=100)
    status = serializers.CharField(required=False, default="", help_text="draft, published or archived")

    def validate_status(self, value: str) -> str:
        """One of the three, or nothing."""
        if value and value not in Product.Status.values:
            raise serializers.ValidationError(list(Product.Status.values))
        return value


class OptionsField(serializers.DictField):
    """Choices by axis: `{"Rasa": "Pedas"}`."""

    child = serializers.CharField(max_length=40)

    def to_internal_value(self, data: Any) -> dict[Any, Any]:
        """Hold the names of the axes to the same shape as the choices."""
        values: dict[Any, Any] = super().to_internal_value(data)
        return {self.child.run_validation(name): value for name, value in values.items()}


class VariantSerializer(serializers.Serializer[Any]):
    """A variant; its SKU stays what it is."""

    options = OptionsField(required=False)
    price = serializers.IntegerField(min_value=1, max_value=MOST_PRICE, help_text="rupiah")
    weight_g = serializers.IntegerField(required=False, min_value=0, max_value=MOST_GRAMS)
    length_cm = serializers.IntegerField(required=False, min_value=0, max_value=MOST_CM)
    width_cm = serializers.IntegerField(required=False, min_value=0, max_value=MOST_CM)
    height_cm = serializers.IntegerField(required=False, min_value=0, max_value=MOST_CM)
    gtin = serializers.CharField(required=False, max_length=14, allow_blank=True)
    is_active = serializers.BooleanField(required=False)


class NewVariantSerializer(VariantSerializer):
    """A new variant with what lies on the shelf of it; without `sku` one is made up."""

    sku = serializers.CharField(required=False, max_length=40, allow_blank=True)
    on_hand = serializers.IntegerField(required=False, min_value=0, max_value=MOST_STOCK)


class ProductSerializer(serializers.Serializer[Any]):
    """A product's texts and terms; status, prices and stock have their own addresses."""

    category = serializers.SlugField(max_length=60)
    name = serializers.CharField(max_length=120)
    name_en = serializers.CharField(required=False, max_length=120, allow_blank=True)
    description = serializers.CharField(required=False, max_length=LONGEST_TEXT, allow_blank=True)
    description_en = serializers.CharField(required=False, max_length=LONGEST_TEXT, allow_blank=True)
    unit = serializers.CharField(required=False, max_length=24)
    is_service = serializers.BooleanField(required=False)
    ship_scope = serializers.ChoiceField(required=False, choices=Product.Scope.choices)
    preorder_days = serializers.IntegerField(required=False, min_value=0, max_value=MOST_DAYS)
    export_ready = serializers.BooleanField(required=False)
    hs_code = serializers.CharField(required=False, max_length=12, allow_blank=True)
    tags = serializers.ListField(required=False, child=serializers.CharField(max_length=30), max_length=MOST_TAGS)


class NewProductSerializer(ProductSerializer):
    """A new product; `seller` only for people who act for several."""

    seller = serializers.SlugField(required=False, max_length=80)
    variants = NewVariantSerializer(many=True, required=False, max_length=MOST_VARIANTS)  # type: ignore[call-arg]  # of many=True


class StockSerializer(serializers.Serializer[Any]):
    """Exactly one of the two."""

    on_hand = serializers.IntegerField(required=False, min_value=0, max_value=MOST_STOCK)
    delta = serializers.IntegerField(required=False, min_value=-MOST_STOCK, max_value=MOST_STOCK)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse both and neither."""
        if len(attrs) != 1:
            raise serializers.ValidationError({"on_hand": [_("Kirim on_hand atau delta, salah satu.")]})
        return attrs
