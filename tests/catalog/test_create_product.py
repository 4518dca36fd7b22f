"""Writing a new product."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bebeli.catalog import search
from bebeli.catalog.actions.create_product import create_product
from bebeli.catalog.actions.product_values import ProductValue, VariantValue
from bebeli.catalog.actions.publish_product import publish_product
from bebeli.catalog.models import PriceChange, Product, ProductStanding, StockMovement, Variant
from bebeli.catalog.search import Filters
from bebeli.kit.errors import InvalidInput
from bebeli.orders import books
from tests import world

pytestmark = pytest.mark.django_db

VALUE = ProductValue(category="keripik", name_id="Keripik  Pisang\n", description_id="Manis\x07 & <b>renyah</b>\r\nSekali")
VARIANTS = (
    VariantValue(price=12_000, options={"Rasa": "Asin"}, weight_g=100, on_hand=4),
    VariantValue(price=10_000, options={"Rasa": "Manis"}, weight_g=100),
)


def made(value: ProductValue = VALUE, variants: tuple[VariantValue, ...] = VARIANTS) -> Product:
    stall = world.seller()
    world.category()
    return create_product(world.owner(stall), stall.pk, value, variants)


def test_a_draft_with_prices_stock_and_history() -> None:
    product = made()
    assert (product.slug, product.name_id, product.status) == ("keripik-pisang", "Keripik Pisang", "draft")
    assert product.description_id == "Manis & <b>renyah</b>\nSekali"
    assert (product.price_from, product.in_stock) == (10_000, True)
    assert product.axes == [{"name": "Rasa", "options": ["Asin", "Manis"]}]
    assert sorted(PriceChange.objects.values_list("price", flat=True)) == [10_000, 12_000]
    assert list(StockMovement.objects.values_list("kind", "delta", "on_hand_after")) == [("opening", 4, 4)]
    assert ProductStanding.objects.filter(product=product).exists()
    assert books.check() == []


def test_it_is_found_once_it_is_published() -> None:
    product = made()
    assert not search.find(Filters(q="pisang")).queryset.exists()
    publish_product(product.pk)
    assert [row.pk for row in search.find(Filters(q="pisang")).queryset] == [product.pk]


def test_the_same_name_gets_another_address() -> None:
    first, second = made(), made()
    assert first.slug == "keripik-pisang"
    assert second.slug.startswith("keripik-pisang-")


def test_a_name_without_letters_gets_an_address() -> None:
    assert made(replace(VALUE, name_id="!!! ???")).slug == "produk"


@pytest.mark.parametrize(
    ("spoil", "code", "field"),
    [
        (lambda value: replace(value, name_id="x"), "bad_length", "name"),
        (lambda value: replace(value, name_id="x" * 121), "bad_length", "name"),
        (lambda value: replace(value, description_id="x" * 8001), "bad_length", "description"),
        (lambda value: replace(value, category="lain"), "unknown_category", "category"),
        (lambda value: replace(value, preorder_days=-1), "out_of_range", "preorder_days"),
        (lambda value: replace(value, ship_scope="bulan"), "bad_scope", "ship_scope"),
        (lambda value: replace(value, hs_code="abc"), "bad_hs_code", "hs_code"),
        (lambda value: replace(value, tags=tuple("abcdefghijk")), "bad_tags", "tags"),
    ],
)
def test_wrong_words_are_refused_at_their_field(spoil: Callable[[ProductValue], ProductValue], code: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        made(spoil(VALUE))
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not Product.objects.exists()


@pytest.mark.parametrize(
    ("variant", "code", "field"),
    [
        (VariantValue(price=0), "out_of_range", "variants.0.price"),
        (VariantValue(price=10**10), "out_of_range", "variants.0.price"),
        (VariantValue(price=1, weight_g=-1), "out_of_range", "variants.0.weight_g"),
        (VariantValue(price=1, on_hand=10**7), "out_of_range", "variants.0.on_hand"),
        (VariantValue(price=1, sku="a b"), "bad_sku", "variants.0.sku"),
        (VariantValue(price=1, gtin="12"), "bad_gtin", "variants.0.gtin"),
        (VariantValue(price=1, options={"Rasa": ""}), "bad_options", "variants.0.options"),
    ],
)
def test_wrong_variants_are_refused_at_their_field(variant: VariantValue, code: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        made(variants=(variant,))
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_two_variants_alike_are_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        made(variants=(VARIANTS[0], VARIANTS[0]))
    assert (refusal.value.code, refusal.value.field) == ("same_options", "variants.1.options")


def test_a_taken_sku_is_refused() -> None:
    taken = world.variant()
    with pytest.raises(InvalidInput) as refusal:
        made(variants=(VariantValue(price=1, sku=taken.sku.lower()),))
    assert refusal.value.code == "sku_taken"
    assert Variant.objects.count() == 1
