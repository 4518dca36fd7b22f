"""The makers, for everybody."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.kit.api_doors import PublicView, read
from bebeli.kit.api_lists import PageQuery, paged
from bebeli.kit.api_schema import list_of, operation
from bebeli.sellers.api.shapes import SellerCard, SellerDetail, seller_card, seller_detail
from bebeli.sellers.models import Seller


class SellerQuery(PageQuery):
    """Which makers."""

    search = serializers.CharField(required=False, default="", max_length=100)
    district = serializers.CharField(required=False, default="", max_length=13, help_text="code of a kecamatan")


class SellersView(PublicView):
    """Open stalls."""

    @operation("list_sellers", "sellers", list_of(SellerCard), query=SellerQuery)
    def get(self, request: Request) -> Response:
        """List the open stalls by name."""
        asked = read(SellerQuery, request.query_params)
        rows = Seller.objects.open().select_related("district").defer("story_id", "story_en")
        if asked["district"]:
            rows = rows.filter(district_id=asked["district"])
        if asked["search"]:
            rows = rows.filter(name__icontains=asked["search"])
        return paged(request, rows, ("name", "id"), asked, seller_card)


class SellerDetailView(PublicView):
    """One open stall."""

    @operation("get_seller", "sellers", SellerDetail, fails=(404,))
    def get(self, request: Request, slug: str) -> Response:
        """Answer one maker with story and papers."""
        del request
        rows = Seller.objects.open().select_related("district", "village").prefetch_related("papers")
        return Response(seller_detail(get_object_or_404(rows, slug=slug)))
