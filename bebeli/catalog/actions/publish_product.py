"""A maker puts a product on the shelf."""

from __future__ import annotations

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from bebeli.catalog import search
from bebeli.catalog.models import Product, Variant
from bebeli.catalog.stock import refresh_shelf
from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb


@verb
def publish_product(product_id: int) -> Product:
    """Show a product to the public; it needs a variant with a price. Twice is a quiet success."""
    if not Variant.objects.filter(product_id=product_id, is_active=True).exists():
        raise Refused("no_variant", _("Tambahkan paling sedikit satu varian dengan harga sebelum ditayangkan."))
    Product.objects.filter(pk=product_id).exclude(status=Product.Status.PUBLISHED).update(
        status=Product.Status.PUBLISHED,
        published_at=Coalesce("published_at", clock.now()),
        changed_at=clock.now(),
    )
    refresh_shelf([product_id])
    search.index([product_id])
    return Product.objects.get(pk=product_id)
