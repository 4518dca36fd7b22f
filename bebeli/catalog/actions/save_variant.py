"""Write a variant: its options, price, weight and size."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from bebeli.catalog import search, stock
from bebeli.catalog.actions.product_values import MOST_VARIANTS, VariantValue, checked_variant
from bebeli.catalog.models import PriceChange, Product, StockMovement, Variant
from bebeli.kit import clock, codes
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb


@verb
def save_variant(user_id: int, product_id: int, value: VariantValue, sku: str | None = None) -> Variant:
    """Add a variant, or change the one of a SKU; a new price is asked in every cart that holds it.

    A SKU stays what it is. Raises InvalidInput at the field, Refused `too_many_variants` and `last_variant`,
    Product.DoesNotExist, Variant.DoesNotExist.
    """
    product = Product.objects.get(pk=product_id)
    known = Variant.objects.get(product=product, sku=sku) if sku else None
    if known is None and Variant.objects.filter(product=product).count() >= MOST_VARIANTS:
        raise Refused("too_many_variants", _("Satu produk paling banyak 60 varian."))
    variant = write_variant(Locks(), product, known, checked_variant(value), user_id)
    if product.is_published and not Variant.objects.filter(product=product, is_active=True).exists():
        raise Refused("last_variant", _("Ini varian terakhir yang dijual. Arsipkan produknya saja."), field="is_active")
    refresh_axes(product)
    stock.refresh_shelf([product.pk])
    search.index([product.pk])
    return variant


def value_of(variant: Variant) -> VariantValue:
    """Return what a variant says now."""
    return VariantValue(
        price=variant.price,
        sku=variant.sku,
        options=variant.options,
        weight_g=variant.weight_g,
        length_cm=variant.length_cm,
        width_cm=variant.width_cm,
        height_cm=variant.height_cm,
        gtin=variant.gtin,
        is_active=variant.is_active,
    )


def write_variant(locks: Locks, product: Product, known: Variant | None, value: VariantValue, user_id: int) -> Variant:
    """Write a checked variant under the lock; a new one begins with the stock it names."""
    variant = locks.row(Variant, known.pk) if known else _fresh(product, value)
    _refuse_twins(product, variant, value)
    is_new_price = variant.price != value.price
    variant.options = dict(value.options)
    variant.weight_g, variant.gtin, variant.is_active = value.weight_g, value.gtin, value.is_active
    variant.length_cm, variant.width_cm, variant.height_cm = value.length_cm, value.width_cm, value.height_cm
    variant.price = value.price
    if is_new_price:
        variant.price_since = clock.now()
    _save(variant)
    if is_new_price:
        PriceChange.objects.create(variant=variant, price=value.price, at=clock.now(), by_id=user_id)
    if known is None and value.on_hand:
        _open_stock(variant, user_id)
    return variant


def _refuse_twins(product: Product, variant: Variant, value: VariantValue) -> None:
    others = Variant.objects.filter(product=product).exclude(pk=variant.pk)
    if any(options == dict(value.options) for options in others.values_list("options", flat=True)):
        raise InvalidInput("same_options", _("Varian dengan pilihan ini sudah ada."), field="options")


def _save(variant: Variant) -> None:
    try:
        with transaction.atomic():
            variant.save()
    except IntegrityError as error:  # somebody took the SKU in this moment
        raise _sku_taken() from error


def _sku_taken() -> InvalidInput:
    return InvalidInput("sku_taken", _("SKU ini sudah dipakai. Pilih yang lain."), field="sku")


def _fresh(product: Product, value: VariantValue) -> Variant:
    sku = value.sku or f"P{product.pk}-{codes.random_code(6)}"
    if Variant.objects.filter(sku=sku).exists():
        raise _sku_taken()
    last = Variant.objects.filter(product=product).aggregate(last=Max("position"))["last"]
    return Variant(product=product, sku=sku, position=0 if last is None else last + 1, price=0, on_hand=value.on_hand)


def _open_stock(variant: Variant, user_id: int) -> None:
    StockMovement.objects.create(
        variant=variant,
        kind=StockMovement.Kind.OPENING,
        delta=variant.on_hand,
        on_hand_after=variant.on_hand,
        idem_key=f"opening:{variant.sku}",
        by_id=user_id,
        at=clock.now(),
    )


def refresh_axes(product: Product) -> None:
    """Write the product's axes from what its variants offer."""
    axes: dict[str, list[str]] = {}
    for options in Variant.objects.filter(product=product, is_active=True).values_list("options", flat=True):
        for name, value in options.items():
            if value not in axes.setdefault(name, []):
                axes[name].append(value)
    product.axes = [{"name": name, "options": values} for name, values in axes.items()]
    product.changed_at = clock.now()
    product.save(update_fields=["axes", "changed_at"])
