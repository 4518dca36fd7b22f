"""A maker puts a product on the shelf."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.catalog.models import Product, Variant
from bebeli.catalog.stock import refresh_shelf
from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb


@verb
def publish_product(product_id: int) -> Product:
    """Show a product to the public; it needs a variant with a price. Twice is a quiet success."""
    product = Product.objects.get(pk=product_id)
    if not Variant.objects.filter(product=product, is_active=True).exists():
        raise Refused("no_variant", _("Tambahkan paling sedikit satu varian dengan harga sebelum ditayangkan."))
    product.status = Product.Status.PUBLISHED
    product.published_at = product.published_at or clock.now()
    product.changed_at = clock.now()
    product.save()
    refresh_shelf([product.pk])
    return product
