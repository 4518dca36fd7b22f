"""A maker's own products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.catalog.actions.archive_product import archive_product
from bebeli.catalog.actions.change_product import change_product, value_of
from bebeli.catalog.actions.create_product import create_product
from bebeli.catalog.actions.product_values import ProductValue, VariantValue
from bebeli.catalog.actions.publish_product import publish_product
from bebeli.catalog.actions.restore_product import restore_product
from bebeli.catalog.api.asked import NewProductSerializer, OwnProductQuery, ProductSerializer
from bebeli.catalog.api.schemas import OwnCard, OwnProduct
from bebeli.catalog.api.shapes import own_card, own_product
from bebeli.catalog.models import Product
from bebeli.kit.api_doors import caller, read
from bebeli.kit.api_lists import paged
from bebeli.kit.api_schema import list_of, operation
from bebeli.kit.errors import InvalidInput
from bebeli.kit.steps import retried
from bebeli.sellers.api.door import SellerView
from bebeli.sellers.models import Seller

SAID_AS = {"name": "name_id", "description": "description_id"}
TAG = "seller: products"


def product_value(said: Mapping[str, Any], base: ProductValue | None = None) -> ProductValue:
    """Return what was said over what was said before."""
    told = {SAID_AS.get(name, name): value for name, value in said.items()}
    if "tags" in told:
        told["tags"] = tuple(told["tags"])
    return replace(base, **told) if base else ProductValue(**told)


def mine(user_id: int) -> QuerySet[Product]:
    """Return a maker's products, loaded."""
    rows = Product.objects.of_seller(user_id).select_related("seller__district", "category", "standing")
    return rows.prefetch_related("variants")


def one_of_mine(request: Request, slug: str) -> Product:
    """Return one product of the caller's seller; a stranger's is 404."""
    return get_object_or_404(mine(caller(request)), slug=slug)


def shown(request: Request, product: Product) -> dict[str, Any]:
    """Return a product as it is now."""
    return own_product(mine(caller(request)).get(pk=product.pk))


def seller_named(user_id: int, slug: str | None) -> Seller:
    """Return the seller that was named, or the only one; raises InvalidInput at `seller`."""
    rows = Seller.objects.run_by(user_id)
    found = list(rows.filter(slug=slug) if slug else rows[:2])
    if len(found) != 1:
        raise InvalidInput("seller_needed", _("Sebutkan toko Anda yang mana."), field="seller")
    return found[0]


class OwnProductsView(SellerView):
    """A maker's products."""

    @operation("list_own_products", TAG, list_of(OwnCard), query=OwnProductQuery, fails=(401, 404))
    def get(self, request: Request) -> Response:
        """List one's own products, newest first, archived ones too."""
        asked = read(OwnProductQuery, request.query_params)
        rows = Product.objects.of_seller(caller(request)).select_related("seller__district", "category", "standing")
        rows = rows.filter(status=asked["status"]) if asked["status"] else rows
        rows = rows.filter(name_id__icontains=asked["search"]) if asked["search"] else rows
        return paged(request, rows.defer("search"), ("-id",), asked, own_card)

    @operation("create_product", TAG, OwnProduct, status=201, body=NewProductSerializer, fails=(401, 404, 409))
    def post(self, request: Request) -> Response:
        """Write a draft with its variants; nobody sees it before it is published."""
        said = read(NewProductSerializer, request.data)
        seller = seller_named(caller(request), said.pop("seller", None))
        variants = [VariantValue(**variant) for variant in said.pop("variants", [])]
        product = create_product(caller(request), seller.pk, product_value(said), variants)
        return Response(shown(request, product), status=status.HTTP_201_CREATED)


class OwnProductView(SellerView):
    """One of a maker's products."""

    @operation("get_own_product", TAG, OwnProduct, fails=(401, 404))
    def get(self, request: Request, slug: str) -> Response:
        """Answer one product as its maker edits it."""
        return Response(own_product(one_of_mine(request, slug)))

    @operation("replace_product", TAG, OwnProduct, body=ProductSerializer, fails=(401, 404, 409))
    def put(self, request: Request, slug: str) -> Response:
        """Write all texts and terms; what is left out goes back to its usual value."""
        product = one_of_mine(request, slug)
        change_product(product.pk, product_value(read(ProductSerializer, request.data)))
        return Response(shown(request, product))

    @operation("change_product", TAG, OwnProduct, body=ProductSerializer(partial=True), fails=(401, 404, 409))
    def patch(self, request: Request, slug: str) -> Response:
        """Change some texts and terms."""
        product = one_of_mine(request, slug)
        asked = ProductSerializer(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        change_product(product.pk, product_value(asked.validated_data, value_of(product)))
        return Response(shown(request, product))

    @operation("archive_product", TAG, None, status=204, fails=(401, 404, 409))
    def delete(self, request: Request, slug: str) -> Response:
        """Take a product off the shelf; it can be restored."""
        product = one_of_mine(request, slug)
        retried(lambda: archive_product(product.pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class PublishView(SellerView):
    """Onto the shelf."""

    @operation("publish_product", TAG, OwnProduct, fails=(401, 404, 409))
    def post(self, request: Request, slug: str) -> Response:
        """Show a product to everybody."""
        product = one_of_mine(request, slug)
        retried(lambda: publish_product(product.pk))
        return Response(shown(request, product))


class RestoreView(SellerView):
    """Out of the archive."""

    @operation("restore_product", TAG, OwnProduct, fails=(401, 404, 409))
    def post(self, request: Request, slug: str) -> Response:
        """Make an archived product a draft again."""
        product = one_of_mine(request, slug)
        retried(lambda: restore_product(product.pk))
        return Response(shown(request, product))
