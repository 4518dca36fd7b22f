"""Changing, publishing, archiving and restoring a product."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bebeli.catalog import search
from bebeli.catalog.actions.archive_product import archive_product
from bebeli.catalog.actions.change_product import change_product, value_of
from bebeli.catalog.actions.publish_product import publish_product
from bebeli.catalog.actions.restore_product import restore_product
from bebeli.catalog.models import Product, Variant
from bebeli.catalog.search import Filters
from bebeli.kit.errors import InvalidInput, Refused
from tests import world

pytestmark = pytest.mark.django_db


def test_new_words_are_found_and_the_address_stays() -> None:
    product = world.variant(name="Dodol Durian").product
    changed = change_product(product.pk, replace(value_of(product), name_id="Wajik Ketan"))
    assert (changed.name_id, changed.slug) == ("Wajik Ketan", product.slug)
    assert [row.pk for row in search.find(Filters(q="wajik")).queryset] == [product.pk]
    assert not search.find(Filters(q="dodol")).queryset.exists()


def test_stock_and_price_that_others_write_are_kept() -> None:
    product = world.variant(price=9_000).product
    Product.objects.filter(pk=product.pk).update(price_from=7_000, in_stock=False, popularity=5)
    change_product(product.pk, replace(value_of(product), unit="bungkus"))
    product.refresh_from_db()
    assert (product.price_from, product.in_stock, product.popularity, product.unit) == (7_000, False, 5, "bungkus")


def test_a_wrong_word_moves_nothing() -> None:
    product = world.variant(name="Dodol").product
    with pytest.raises(InvalidInput):
        change_product(product.pk, replace(value_of(product), name_id="", unit="karung"))
    product.refresh_from_db()
    assert (product.name_id, product.unit) == ("Dodol", "buah")


def test_publishing_twice_keeps_the_first_day() -> None:
    product = world.variant().product
    archive_product(product.pk)
    assert not Product.objects.on_sale().exists()
    assert archive_product(product.pk).status == "archived"
    again = publish_product(product.pk)
    assert (again.status, again.published_at) == ("published", product.published_at)
    assert publish_product(product.pk).changed_at == again.changed_at


def test_nothing_to_buy_is_not_published() -> None:
    product = world.variant().product
    archive_product(product.pk)
    Variant.objects.update(is_active=False)
    with pytest.raises(Refused) as refusal:
        publish_product(product.pk)
    assert refusal.value.code == "no_variant"
    product.refresh_from_db()
    assert product.status == "archived"


def test_restoring_gives_a_draft_and_leaves_others_alone() -> None:
    product = world.variant().product
    assert restore_product(product.pk).status == "published"
    archive_product(product.pk)
    assert restore_product(product.pk).status == "draft"
