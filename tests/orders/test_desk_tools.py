"""The small things of everyday: finding an order, noting on it, printing its slip, buying the same again."""

from __future__ import annotations

import pytest
from django.test import Client

from bebeli.accounts.models import User
from bebeli.catalog.models import Variant
from bebeli.kit.errors import InvalidInput
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.write_note import write_note
from bebeli.orders.flows.buy_again import buy_again
from bebeli.orders.models import CartLine, Order, OrderNote
from tests import world
from tests.conftest import Provider

pytestmark = pytest.mark.django_db


def bought(provider: Provider, *names: str) -> tuple[Order, User]:
    buyer, stall = world.user(), world.seller()
    purchase = world.charged(buyer, *((world.variant(stall, name=name), 1) for name in names))
    provider.settle(purchase)
    return world.orders_of(purchase)[0], buyer


def signed_in(user_id: int) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user_id))
    return client


@pytest.mark.parametrize("words", ["gabus", "Pembeli Uji", "code", "stall"])
def test_orders_are_found_by_what_people_remember(provider: Provider, words: str) -> None:
    order, buyer = bought(provider, "Gabus Pucung")
    other, _stranger = bought(provider, "Keripik Talas")
    asked = {"code": order.code[3:9].lower(), "stall": order.seller.name}.get(words, words)
    page = signed_in(buyer.pk).get("/pesanan/", {"q": asked}).content.decode()
    assert order.code in page
    assert other.code not in page
    assert order.code in signed_in(world.owner(order.seller)).get("/penjual/", {"q": asked}).content.decode()


def test_words_that_fit_nothing_say_so(provider: Provider) -> None:
    order, buyer = bought(provider, "Gabus Pucung")
    page = signed_in(buyer.pk).get("/pesanan/", {"q": "tidak ada\0' OR 1=1"}).content.decode()
    assert order.code not in page
    assert "Tidak ada pesanan yang cocok" in page


def test_a_note_is_for_the_stall_only(provider: Provider) -> None:
    order, buyer = bought(provider, "Gabus Pucung")
    maker = signed_in(world.owner(order.seller))
    address = f"/penjual/pesanan/{order.code}/catatan/"
    assert maker.post(address, {"catatan": "  titip ke   satpam "}).status_code == 302
    assert OrderNote.objects.get().text == "titip ke satpam"
    assert "titip ke satpam" in maker.get(f"/penjual/pesanan/{order.code}/").content.decode()
    assert "titip ke satpam" not in signed_in(buyer.pk).get(f"/pesanan/{order.code}/").content.decode()
    assert signed_in(world.owner(world.seller())).post(address, {"catatan": "mengintip"}).status_code == 404
    assert OrderNote.objects.count() == 1


def test_an_empty_note_is_refused_and_the_same_twice_is_one(provider: Provider) -> None:
    order, _buyer = bought(provider, "Gabus Pucung")
    maker = world.owner(order.seller)
    with pytest.raises(InvalidInput):
        write_note(order.pk, maker, "   ")
    assert OrderNote.objects.count() == 0
    assert write_note(order.pk, maker, "sama").pk == write_note(order.pk, maker, "sama").pk


def test_slips_show_what_to_pack_and_where_it_goes(provider: Provider) -> None:
    order, buyer = bought(provider, "Gabus Pucung", "Semur Jengkol")
    maker = signed_in(world.owner(order.seller))
    assert "Tidak ada yang perlu dikemas" in maker.get("/penjual/label/").content.decode()
    accept(order.pk, world.owner(order.seller))
    for address in ("/penjual/label/", f"/penjual/pesanan/{order.code}/label/"):
        page = maker.get(address).content.decode()
        assert all(words in page for words in (order.code, "Gabus Pucung", "Semur Jengkol", "Pembeli Uji", order.seller.street))
    assert signed_in(buyer.pk).get(f"/penjual/pesanan/{order.code}/label/").status_code == 404


def test_buying_again_takes_what_can_be_had_and_names_the_rest(provider: Provider) -> None:
    order, buyer = bought(provider, "Gabus Pucung", "Semur Jengkol")
    Variant.objects.filter(product__name_id="Semur Jengkol").update(is_active=False)
    Variant.objects.filter(product__name_id="Gabus Pucung").update(price=31_000)
    answer = signed_in(buyer.pk).post(f"/pesanan/{order.code}/beli-lagi/", follow=True)
    page = answer.content.decode()
    assert "Tidak bisa dipesan lagi saat ini: Semur Jengkol." in page
    line = CartLine.objects.get(cart__user=buyer)
    assert (line.variant.product.name_id, line.price_seen, line.quantity) == ("Gabus Pucung", 31_000, 1)
    filled = buy_again(line.cart_id, order)
    assert (filled.added, filled.missing) == (1, ("Semur Jengkol",))
