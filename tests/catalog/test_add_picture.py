"""Hanging pictures on a product."""

from __future__ import annotations

import pytest

from bebeli.catalog.actions.add_picture import MOST_PICTURES, add_picture, remove_picture
from bebeli.catalog.models import Picture, Product
from bebeli.catalog.pictures import Kept
from bebeli.kit.errors import Refused
from tests import world

pytestmark = pytest.mark.django_db


def kept(number: int) -> Kept:
    return Kept(f"{number:032x}", 960, 960, (240, 480, 960))


def test_the_first_picture_is_the_cover_until_it_is_taken_off() -> None:
    product = world.variant().product
    first, _second = (add_picture(product.pk, kept(number)) for number in (1, 2))
    product.refresh_from_db()
    assert product.cover == kept(1).digest
    remove_picture(product.pk, first.pk)
    product.refresh_from_db()
    assert product.cover == kept(2).digest


def test_the_same_picture_twice_hangs_once() -> None:
    product = world.variant().product
    assert add_picture(product.pk, kept(1)).pk == add_picture(product.pk, kept(1)).pk
    assert Picture.objects.count() == 1


def test_a_wall_has_room_for_eight() -> None:
    product = world.variant().product
    for number in range(MOST_PICTURES):
        add_picture(product.pk, kept(number))
    with pytest.raises(Refused):
        add_picture(product.pk, kept(99))
    assert Picture.objects.count() == MOST_PICTURES


def test_another_products_picture_stays() -> None:
    mine, theirs = world.variant().product, world.variant().product
    picture = add_picture(theirs.pk, kept(1))
    remove_picture(mine.pk, picture.pk)
    assert Picture.objects.filter(product=theirs).count() == 1


def test_hanging_a_picture_leaves_what_others_changed_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    product = world.variant().product
    create = Picture.objects.create

    def rival(**fields: object) -> Picture:
        Product.objects.filter(pk=product.pk).update(status=Product.Status.ARCHIVED, name_id="Nama baru")
        return create(**fields)

    monkeypatch.setattr(Picture.objects, "create", rival)
    add_picture(product.pk, kept(1))
    product.refresh_from_db()
    assert (product.status, product.name_id, product.cover) == ("archived", "Nama baru", kept(1).digest)
