"""A maker's own variants and their stock."""

from __future__ import annotations

from dataclasses import replace

from django.shortcuts import get_object_or_404
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.catalog.actions.product_values import VariantValue
from bebeli.catalog.actions.save_variant import save_variant, value_of
from bebeli.catalog.actions.set_stock import change_stock, set_stock
from bebeli.catalog.api.asked import NewVariantSerializer, StockSerializer, VariantSerializer
from bebeli.catalog.api.desk import one_of_mine
from bebeli.catalog.api.schemas import OwnVariant
from bebeli.catalog.api.shapes import own_variant
from bebeli.catalog.models import Variant
from bebeli.kit.api_doors import caller, read
from bebeli.kit.api_schema import operation
from bebeli.kit.steps import retried
from bebeli.sellers.api.door import SellerView

TAG = "seller: products"


class OwnVariantsView(SellerView):
    """The variants of one product."""

    @operation("create_variant", TAG, OwnVariant, status=201, body=NewVariantSerializer, fails=(401, 404, 409))
    def post(self, request: Request, slug: str) -> Response:
        """Add a variant."""
        product = one_of_mine(request, slug)
        value = VariantValue(**read(NewVariantSerializer, request.data))
        variant = retried(lambda: save_variant(caller(request), product.pk, value))
        return Response(own_variant(variant), status=status.HTTP_201_CREATED)


class OwnVariantView(SellerView):
    """One variant of one product."""

    @operation("change_variant", TAG, OwnVariant, body=VariantSerializer(partial=True), fails=(401, 404, 409))
    def patch(self, request: Request, slug: str, sku: str) -> Response:
        """Change a variant; a new price goes into the price history."""
        product = one_of_mine(request, slug)
        variant = get_object_or_404(Variant, product=product, sku=sku)
        asked = VariantSerializer(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        value = replace(value_of(variant), **asked.validated_data)
        return Response(own_variant(retried(lambda: save_variant(caller(request), product.pk, value, sku))))


class StockView(SellerView):
    """What lies on the shelf."""

    @operation("set_stock", TAG, OwnVariant, body=StockSerializer, fails=(401, 404, 409))
    def patch(self, request: Request, sku: str) -> Response:
        """Say how many there are, or how many more or fewer; never below what is promised to buyers."""
        user = caller(request)
        rows = Variant.objects.filter(product__seller__members__user_id=user)
        variant = get_object_or_404(rows, sku=sku)
        said = read(StockSerializer, request.data)
        if "on_hand" in said:
            return Response(own_variant(retried(lambda: set_stock(variant.pk, said["on_hand"], user))))
        return Response(own_variant(retried(lambda: change_stock(variant.pk, said["delta"], user))))
