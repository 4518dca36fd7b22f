"""Adding and changing a product's variants."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bebeli.catalog.actions.product_values import VariantValue
from bebeli.catalog.actions.save_variant import save_variant, value_of
from bebeli.catalog.models import PriceChange, Variant
from bebeli.kit.errors import InvalidInput, Refused
from tests import world

pytestmark = pytest.mark.django_db


def test_a_new_price_is_history_and_moves_the_shelf() -> None:
    known = world.variant(price=9_000)
    user = world.owner(known.product.seller)
    changed = save_variant(user, known.product_id, replace(value_of(known), price=8_000), known.sku)
    known.product.refresh_from_db()
    assert (changed.price, known.product.price_from) == (8_000, 8_000)
    assert changed.price_since > known.price_since
    assert list(PriceChange.objects.values_list("price", "by")) == [(8_000, user)]


def test_the_same_price_is_no_history() -> None:
    known = world.variant()
    changed = save_variant(1, known.product_id, replace(value_of(known), weight_g=900), known.sku)
    assert (changed.weight_g, changed.price_since) == (900, known.price_since)
    assert not PriceChange.objects.exists()


def test_stock_is_not_changed_by_changing_a_variant() -> None:
    known = world.variant(stock=7)
    save_variant(1, known.product_id, replace(value_of(known), on_hand=99, weight_g=1), known.sku)
    known.refresh_from_db()
    assert known.on_hand == 7


def test_another_products_variant_is_not_there() -> None:
    known, other = world.variant(), world.variant()
    with pytest.raises(Variant.DoesNotExist):
        save_variant(1, known.product_id, VariantValue(price=1), other.sku)


def test_the_last_one_of_a_published_product_stays_on_sale() -> None:
    known = world.variant()
    user = world.owner(known.product.seller)
    with pytest.raises(Refused) as refusal:
        save_variant(user, known.product_id, replace(value_of(known), is_active=False), known.sku)
    assert refusal.value.code == "last_variant"
    known.refresh_from_db()
    assert known.is_active
    save_variant(user, known.product_id, VariantValue(price=5_000, options={"Isi": "2"}))
    assert not save_variant(user, known.product_id, replace(value_of(known), is_active=False), known.sku).is_active


def test_same_choices_are_refused() -> None:
    known = world.variant()
    with pytest.raises(InvalidInput) as refusal:
        save_variant(1, known.product_id, VariantValue(price=1))
    assert refusal.value.code == "same_options"
    assert Variant.objects.count() == 1
