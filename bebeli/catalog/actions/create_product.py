"""A maker lays a new product in the drawer: a draft with its variants."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
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
    try:
        with transaction.atomic():
            return _insert(free_slug(clean.name_id), seller_id, clean, category)
    except IntegrityError:  # somebody took the address in this moment
        return _insert(with_tail(clean.name_id), seller_id, clean, category)


def _insert(slug: str, seller_id: int, clean: ProductValue, category: Category) -> Product:
    return Product.objects.create(
        slug=slug,
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


def _base(name: str) -> str:
    return slugify(name)[:LONGEST_BASE].strip("-") or "produk"


def with_tail(name: str) -> str:
    """Return an address with a random tail."""
    return f"{_base(name)}-{codes.random_code(6).lower()}"


def free_slug(name: str) -> str:
    """Return an address nobody has; a taken one gets a tail."""
    return with_tail(name) if Product.objects.filter(slug=_base(name)).exists() else _base(name)
