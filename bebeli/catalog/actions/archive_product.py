"""A maker takes a product off the shelf. Rows stay: orders tell of it."""

from __future__ import annotations

from bebeli.catalog.models import Product
from bebeli.kit import clock
from bebeli.kit.steps import verb


@verb
def archive_product(product_id: int) -> Product:
    """Hide a product from everybody but its maker; twice is a quiet success."""
    Product.objects.filter(pk=product_id).exclude(status=Product.Status.ARCHIVED).update(
        status=Product.Status.ARCHIVED, changed_at=clock.now()
    )
    return Product.objects.get(pk=product_id)
