"""The shelf, for everybody."""

from __future__ import annotations

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.catalog import search
from bebeli.catalog.api.asked import ProductQuery
from bebeli.catalog.api.schemas import CategoryRow, ProductCard, ProductDetail
from bebeli.catalog.api.shapes import product_card, product_detail
from bebeli.catalog.models import Category, Product, Variant
from bebeli.kit.api import listing
from bebeli.kit.api_doors import PublicView
from bebeli.kit.api_lists import paged
from bebeli.kit.api_schema import list_of, operation


class CategoriesView(PublicView):
    """The tree of categories."""

    @operation("list_categories", "shelf", list_of(CategoryRow))
    def get(self, request: Request) -> Response:
        """List all categories whole, each after the one above it."""
        del request
        rows = list(Category.objects.order_by("path"))
        slugs: dict[int | None, str] = {row.pk: row.slug for row in rows}
        return listing([{"slug": row.slug, "name": row.name, "parent": slugs.get(row.parent_id)} for row in rows])


class ProductsView(PublicView):
    """Products on sale."""

    @operation("list_products", "shelf", list_of(ProductCard), query=ProductQuery)
    def get(self, request: Request) -> Response:
        """List what is on sale, by words, filters and order."""
        asked = ProductQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = search.find(asked.filters())
        rows = found.queryset.select_related("seller__district", "standing", "category")
        return paged(request, rows, found.order, asked.validated_data, product_card)


class ProductDetailView(PublicView):
    """One product on sale."""

    @operation("get_product", "shelf", ProductDetail, fails=(404,))
    def get(self, request: Request, slug: str) -> Response:
        """Answer one product with its variants."""
        del request
        variants = Prefetch("variants", Variant.objects.filter(is_active=True))
        rows = Product.objects.on_sale().select_related("seller__district", "category", "standing")
        rows = rows.prefetch_related("pictures", "certificates", variants)
        product = get_object_or_404(rows, slug=slug)
        return Response(product_detail(product, list(product.variants.all())))
