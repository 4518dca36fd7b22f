"""Regions, one level at a time."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.kit.api import listing
from bebeli.kit.api_doors import PublicView, read
from bebeli.kit.api_schema import list_of, operation
from bebeli.places.models import Region

COLUMNS = ("code", "name", "level", "kind", "postal_code")


class RegionShape(serializers.Serializer[Any]):
    """A province, regency or city, kecamatan, or desa."""

    code = serializers.CharField()
    name = serializers.CharField()
    level = serializers.CharField(help_text="province, regency, district or village")
    kind = serializers.CharField()
    postal_code = serializers.CharField()


class RegionQuery(serializers.Serializer[Any]):
    """Below which region."""

    parent = serializers.CharField(  # type: ignore[assignment]  # DRF's own attribute
        required=False, default="", max_length=13, help_text="a region's code; without it the provinces"
    )


class RegionsView(PublicView):
    """What lies directly below a region."""

    @operation("list_regions", "regions", list_of(RegionShape), query=RegionQuery)
    def get(self, request: Request) -> Response:
        """List the regions below one, or the provinces, whole."""
        parent = read(RegionQuery, request.query_params)["parent"]
        rows = Region.objects.children(parent) if parent else Region.objects.provinces()
        return listing(list(rows.values(*COLUMNS)))
