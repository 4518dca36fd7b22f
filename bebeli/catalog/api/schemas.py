"""The shapes of the shelf, for the description of the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from bebeli.sellers.api.shapes import PaperShape, SellerShape


class CategoryShape(serializers.Serializer[Any]):
    """A category in short."""

    slug = serializers.CharField()
    name = serializers.CharField()


class CategoryRow(CategoryShape):
    """A category with its place in the tree."""

    parent = serializers.CharField(allow_null=True, help_text="slug of the one above")  # type: ignore[assignment]  # DRF's own attribute


class RatingShape(serializers.Serializer[Any]):
    """What buyers think."""

    average = serializers.FloatField(allow_null=True)
    count = serializers.IntegerField()


class ProductCard(serializers.Serializer[Any]):
    """A product in a list."""

    slug = serializers.CharField()
    name = serializers.CharField()
    price_from = serializers.IntegerField(help_text="rupiah")
    in_stock = serializers.BooleanField()
    image = serializers.CharField(allow_null=True)
    rating = RatingShape()
    seller = SellerShape()
    category = CategoryShape()


class AxisShape(serializers.Serializer[Any]):
    """A choice the variants offer."""

    name = serializers.CharField()
    options = serializers.ListField(child=serializers.CharField())


class VariantShape(serializers.Serializer[Any]):
    """What is put into a cart."""

    sku = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # DRF's own attribute
    options = serializers.DictField(child=serializers.CharField())
    price = serializers.IntegerField(help_text="rupiah")
    available = serializers.IntegerField()
    weight_g = serializers.IntegerField()


class ProductDetail(ProductCard):
    """A whole product."""

    description = serializers.CharField()
    unit = serializers.CharField()
    is_service = serializers.BooleanField()
    ship_scope = serializers.CharField()
    preorder_days = serializers.IntegerField()
    export_ready = serializers.BooleanField()
    hs_code = serializers.CharField()
    axes = AxisShape(many=True)
    images = serializers.ListField(child=serializers.CharField())
    certificates = PaperShape(many=True)
    variants = VariantShape(many=True)


class OwnVariant(VariantShape):
    """A variant as its maker sees it."""

    length_cm = serializers.IntegerField()
    width_cm = serializers.IntegerField()
    height_cm = serializers.IntegerField()
    gtin = serializers.CharField()
    is_active = serializers.BooleanField()
    on_hand = serializers.IntegerField()
    reserved = serializers.IntegerField()


class OwnCard(ProductCard):
    """A product in its maker's list."""

    status = serializers.CharField(help_text="draft, published or archived")
    changed_at = serializers.DateTimeField()


class OwnProduct(OwnCard):
    """A product as its maker edits it."""

    name_en = serializers.CharField()
    description = serializers.CharField()
    description_en = serializers.CharField()
    unit = serializers.CharField()
    is_service = serializers.BooleanField()
    ship_scope = serializers.CharField()
    preorder_days = serializers.IntegerField()
    export_ready = serializers.BooleanField()
    hs_code = serializers.CharField()
    tags = serializers.ListField(child=serializers.CharField())
    axes = AxisShape(many=True)
    variants = OwnVariant(many=True)
