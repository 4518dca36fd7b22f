"""Sellers as the API shows them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework import serializers

from bebeli.sellers.models import Seller


class SellerShape(serializers.Serializer[Any]):
    """A maker in short."""

    slug = serializers.CharField()
    name = serializers.CharField()
    district = serializers.CharField(help_text="name of the kecamatan")


class SellerCard(SellerShape):
    """A maker in a list."""

    district_code = serializers.CharField()
    image = serializers.CharField(allow_null=True)
    badges = serializers.ListField()


class PaperShape(serializers.Serializer[Any]):
    """A licence of the business."""

    kind = serializers.CharField()
    number = serializers.CharField()
    valid_until = serializers.DateField(allow_null=True)


class SellerDetail(SellerCard):
    """A maker with the story and the papers."""

    village = serializers.CharField()
    story = serializers.CharField()
    size = serializers.CharField()
    since = serializers.IntegerField(allow_null=True)
    ships_to = serializers.CharField()
    papers = PaperShape(many=True)


def picture_url(digest: str, width: int = 480) -> str | None:
    """Return a picture's address, or None where there is none."""
    return f"{settings.MEDIA_URL}p/{digest[:2]}/{digest}-{width}.webp" if digest else None


def seller_shape(seller: Seller) -> dict[str, Any]:
    """Return a seller, its district loaded, in short."""
    return {"slug": seller.slug, "name": seller.name, "district": seller.district.name}


def seller_card(seller: Seller) -> dict[str, Any]:
    """Return a seller for a list."""
    return {
        **seller_shape(seller),
        "district_code": seller.district_id,
        "image": picture_url(seller.mark),
        "badges": seller.badges,
    }


def seller_detail(seller: Seller) -> dict[str, Any]:
    """Return a whole seller, village and papers loaded, in the caller's language."""
    return {
        **seller_card(seller),
        "village": seller.village.name,
        "story": seller.story,
        "size": seller.size,
        "since": seller.since,
        "ships_to": seller.ships_to,
        "papers": [
            {"kind": paper.kind, "number": paper.number, "valid_until": paper.valid_until} for paper in seller.papers.all()
        ],
    }
