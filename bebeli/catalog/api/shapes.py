"""Categories, products and variants as the API shows them."""

from __future__ import annotations

from typing import Any

from bebeli.catalog.models import Product, Variant
from bebeli.sellers.api.shapes import picture_url, seller_shape


def rating_of(product: Product) -> dict[str, Any]:
    """Return the average to one decimal, None without a review, and how many there are."""
    standing = getattr(product, "standing", None)
    if standing is None or not standing.rating_count:
        return {"average": None, "count": 0}
    return {"average": round(standing.rating_sum / standing.rating_count, 1), "count": standing.rating_count}


def product_card(product: Product) -> dict[str, Any]:
    """Return a product for a list; seller, district, category and standing are loaded."""
    return {
        "slug": product.slug,
        "name": product.name,
        "price_from": product.price_from,
        "in_stock": product.in_stock,
        "image": picture_url(product.cover),
        "rating": rating_of(product),
        "seller": seller_shape(product.seller),
        "category": {"slug": product.category.slug, "name": product.category.name},
    }


def variant_shape(variant: Variant) -> dict[str, Any]:
    """Return a variant as a shopper sees it."""
    return {
        "sku": variant.sku,
        "label": variant.label,
        "options": variant.options,
        "price": variant.price,
        "available": max(variant.available, 0),
        "weight_g": variant.weight_g,
    }


def product_detail(product: Product, variants: list[Variant]) -> dict[str, Any]:
    """Return a whole product; pictures and certificates are loaded."""
    return {
        **product_card(product),
        "description": product.description,
        "unit": product.unit,
        "is_service": product.is_service,
        "ship_scope": product.ship_scope,
        "preorder_days": product.preorder_days,
        "export_ready": product.export_ready,
        "hs_code": product.hs_code,
        "axes": product.axes,
        "images": [picture_url(picture.digest, 960) for picture in product.pictures.all()],
        "certificates": [
            {"kind": paper.kind, "number": paper.number, "valid_until": paper.valid_until} for paper in product.certificates.all()
        ],
        "variants": [variant_shape(variant) for variant in variants],
    }


def own_variant(variant: Variant) -> dict[str, Any]:
    """Return a variant as its maker sees it."""
    return {
        **variant_shape(variant),
        "length_cm": variant.length_cm,
        "width_cm": variant.width_cm,
        "height_cm": variant.height_cm,
        "gtin": variant.gtin,
        "is_active": variant.is_active,
        "on_hand": variant.on_hand,
        "reserved": variant.reserved,
    }


def own_card(product: Product) -> dict[str, Any]:
    """Return a product for its maker's list."""
    return {**product_card(product), "status": product.status, "changed_at": product.changed_at}


def own_product(product: Product) -> dict[str, Any]:
    """Return a whole product as its maker edits it; variants are loaded."""
    return {
        **own_card(product),
        "name": product.name_id,
        "name_en": product.name_en,
        "description": product.description_id,
        "description_en": product.description_en,
        "unit": product.unit,
        "is_service": product.is_service,
        "ship_scope": product.ship_scope,
        "preorder_days": product.preorder_days,
        "export_ready": product.export_ready,
        "hs_code": product.hs_code,
        "tags": product.tags,
        "axes": product.axes,
        "variants": [own_variant(variant) for variant in product.variants.all()],
    }
