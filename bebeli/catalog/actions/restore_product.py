"""A maker takes an archived product back into the drawer."""

from __future__ import annotations

from bebeli.catalog.models import Product
from bebeli.kit import clock
from bebeli.kit.steps import verb


@verb
def restore_product(product_id: int) -> Product:
    """Make an archived product a draft again; any other stays what it is."""
    Product.objects.filter(pk=product_id, status=Product.Status.ARCHIVED).update(
        status=Product.Status.DRAFT, changed_at=clock.now()
    )
    return Product.objects.get(pk=product_id)
