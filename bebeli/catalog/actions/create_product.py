"""A maker lays a new product in the drawer: a draft with its variants."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from bebeli.catalog import search, stock
from bebeli.catalog.actions.product_values import (
    MOST_VARIANTS,
    ProductValue,
    VariantValue,
    checked_product,
    checked_variant,
)
from bebeli.catalog.actions.save_variant import refresh_axes, write_variant
from bebeli.catalog.models import Category, Product, ProductStanding
from bebeli.kit import clock, codes
from bebeli.kit.errors import InvalidInput
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb

LONGEST_BASE = 100


@verb
def create_product(user_id: int, seller_id: int, value: ProductValue, variants: Sequence[VariantValue] = ()) -> Product:
    """Write a draft of a seller; raises InvalidInput at the field that is wrong, `variants.<n>.<field>` within one."""
    clean, category = checked_product(value)
    if len(variants) > MOST_VARIANTS:
        raise InvalidInput("too_many_variants", _("Paling banyak 60 varian."), field="variants")
    product = _write(seller_id, clean, category)
    ProductStanding.objects.create(product=product, counted_at=clock.now())
    locks = Locks()
    for number, variant in enumerate(variants):
        try:
            write_variant(locks, product, None, checked_variant(variant), user_id)
        except InvalidInput as error:
            where = f"variants.{number}.{error.field}"
            raise InvalidInput(error.code, error.message, field=where, **error.extra) from error
    refresh_axes(product)
    stock.refresh_shelf([product.pk])
    search.index([product.pk])
    product.refresh_from_db()
    return product


def _write(seller_id: int, clean: ProductValue, category: Category) -> Product:
    return Product.objects.create(
        slug=free_slug(clean.name_id),
        seller_id=seller_id,
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
        created_at=clock.now(),
        changed_at=clock.now(),
    )


def free_slug(name: str) -> str:
    """Return an address nobody has; a taken one gets a random tail, so that two at once do not meet."""
    base = slugify(name)[:LONGEST_BASE].strip("-") or "produk"
    if not Product.objects.filter(slug=base).exists():
        return base
    return f"{base}-{codes.random_code(6).lower()}"
