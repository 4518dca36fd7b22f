"""A maker changes what a product says."""

from __future__ import annotations

from bebeli.catalog import search
from bebeli.catalog.actions.product_values import ProductValue, checked_product
from bebeli.catalog.models import Product
from bebeli.kit import clock
from bebeli.kit.steps import verb


@verb
def change_product(product_id: int, value: ProductValue) -> Product:
    """Write new texts and terms; the address stays, so that links keep working. Raises InvalidInput."""
    clean, category = checked_product(value)
    # only these columns: others write stock and price at the same time
    Product.objects.filter(pk=product_id).update(
        category=category,
        name_id=clean.name_id,
        name_en=clean.name_en,
        description_id=clean.description_id,
        description_en=clean.description_en,
        unit=clean.unit,
        is_service=clean.is_service,
        ship_scope=clean.ship_scope,
        preorder_days=clean.preorder_days,
        export_ready=clean.export_ready,
        hs_code=clean.hs_code,
        tags=list(clean.tags),
        changed_at=clock.now(),
    )
    search.index([product_id])
    return Product.objects.get(pk=product_id)


def value_of(product: Product) -> ProductValue:
    """Return what a product, its category loaded, says now."""
    return ProductValue(
        category=product.category.slug,
        name_id=product.name_id,
        name_en=product.name_en,
        description_id=product.description_id,
        description_en=product.description_en,
        unit=product.unit,
        is_service=product.is_service,
        ship_scope=product.ship_scope,
        preorder_days=product.preorder_days,
        export_ready=product.export_ready,
        hs_code=product.hs_code,
        tags=tuple(product.tags),
    )
