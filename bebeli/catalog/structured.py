"""What search engines read of the shelf: schema.org values, all addresses absolute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from bebeli.catalog.models import Product, Variant
from bebeli.catalog.pictures import path_of

SCHEMA = "https://schema.org"
SHARE_WIDTH = 960


def picture_url(digest: str) -> str:
    """Return the absolute address of a picture as wide as it is kept; '' for none."""
    return f"{settings.BASE_URL}{settings.MEDIA_URL}{path_of(digest, SHARE_WIDTH, 'webp')}" if digest else ""


def product(shown: Product, variants: Sequence[Variant]) -> dict[str, Any]:
    """Return a product with one offer per variant."""
    address = f"{settings.BASE_URL}{reverse('catalog:product', args=[shown.slug])}"
    seller = {"@type": "Organization", "name": shown.seller.name}
    return {
        "@context": SCHEMA,
        "@type": "Product",
        "name": shown.name,
        "description": shown.description,
        "image": [picture_url(shown.cover)] if shown.cover else [],
        "brand": {"@type": "Brand", "name": shown.seller.name},
        "category": shown.category.name,
        "offers": [
            {
                "@type": "Offer",
                "sku": variant.sku,
                "url": f"{address}?varian={variant.sku}",
                "price": variant.price,
                "priceCurrency": "IDR",
                "availability": f"{SCHEMA}/{'InStock' if variant.available > 0 else 'OutOfStock'}",
                "seller": seller,
            }
            for variant in variants
        ],
    }


def shop() -> dict[str, Any]:
    """Return the shop itself with how to search it."""
    target = f"{settings.BASE_URL}{reverse('catalog:search')}?q={{search_term_string}}"
    return {
        "@context": SCHEMA,
        "@type": "WebSite",
        "name": "BEBELI",
        "alternateName": "Bekasi Berani Beli",
        "url": settings.BASE_URL,
        "potentialAction": {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"},
    }
