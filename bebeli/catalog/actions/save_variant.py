"""A maker adds a variant or changes one: options, price, weight, size."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.catalog import search, stock
from bebeli.catalog.actions.product_values import MOST_VARIANTS, VariantValue, checked_variant
from bebeli.catalog.models import PriceChange, Product, StockMovement, Variant
from bebeli.kit import clock, codes
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb


@verb
def save_variant(product_id: int, user_id: int, value: VariantValue, variant_id: int | None = None) -> Variant:
    """Add a variant, or change one; a new price is written into the price history.

    `on_hand` counts for a new variant only. Raises InvalidInput, Refused `last_variant`, Variant.DoesNotExist.
    """
    clean = checked_variant(value)
    product = Product.objects.get(pk=product_id)
    locks = Locks()
    known = locks.row(Variant, variant_id) if variant_id is not None else None
    if known is not None and known.product_id != product_id:
        raise Variant.DoesNotExist
    variant = write_variant(locks, product, known, clean, user_id)
    if product.is_published and not Variant.objects.filter(product=product, is_active=True).exists():
        raise Refused("last_variant", _("Ini varian terakhir yang dijual. Arsipkan produknya saja."), field="is_active")
    refresh_axes(product)
    stock.refresh_shelf([product_id])
    search.index([product_id])
    return variant


def write_variant(
    locks: Locks, product: Product, known: Variant | None, clean: VariantValue, user_id: int
) -> Variant:
    """Write one variant of a product with its price history and opening stock; a step."""
    del locks  # the caller's: the variant is locked
    others = list(Variant.objects.filter(product=product).exclude(pk=known.pk if known else None))
    _check_place(others, known, clean)
    variant = known or Variant(product=product, position=len(others), price=0, on_hand=clean.on_hand)
    price_moved = variant.price != clean.price
    variant.sku = _sku(known, clean)
    variant.options = dict(clean.options)
    variant.price, variant.weight_g = clean.price, clean.weight_g
    variant.length_cm, variant.width_cm, variant.height_cm = clean.length_cm, clean.width_cm, clean.height_cm
    variant.gtin, variant.is_active = clean.gtin, clean.is_active
    if price_moved:
        variant.price_since = clock.now()
    variant.save()
    if price_moved:
        PriceChange.objects.create(variant=variant, price=variant.price, at=clock.now(), by_id=user_id)
    if known is None and variant.on_hand:
        _open_stock(variant, user_id)
    return variant


def _check_place(others: list[Variant], known: Variant | None, clean: VariantValue) -> None:
    if known is None and len(others) >= MOST_VARIANTS:
        raise InvalidInput("too_many_variants", _("Paling banyak 60 varian."), field="options")
    if any(other.options == dict(clean.options) for other in others):
        raise InvalidInput("same_options", _("Varian dengan pilihan ini sudah ada."), field="options")


def _sku(known: Variant | None, clean: VariantValue) -> str:
    if not clean.sku:
        return known.sku if known else codes.random_code(10)
    if Variant.objects.filter(sku=clean.sku).exclude(pk=known.pk if known else None).exists():
        raise InvalidInput("sku_taken", _("SKU ini sudah dipakai. Pilih yang lain."), field="sku")
    return clean.sku


def _open_stock(variant: Variant, user_id: int) -> None:
    StockMovement.objects.create(
        variant=variant,
        kind=StockMovement.Kind.OPENING,
        delta=variant.on_hand,
        on_hand_after=variant.on_hand,
        idem_key=f"opening:{variant.pk}",
        by_id=user_id,
        at=clock.now(),
    )


def refresh_axes(product: Product) -> None:
    """Write which choices a product offers, in the order its variants name them; a step."""
    axes: dict[str, dict[str, None]] = {}
    for variant in Variant.objects.filter(product=product).order_by("position", "pk"):
        for name, option in variant.options.items():
            axes.setdefault(name, {})[str(option)] = None
    written = [{"name": name, "options": list(options)} for name, options in axes.items()]
    Product.objects.filter(pk=product.pk).update(axes=written, changed_at=clock.now())


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
