"""The maker is short: a part goes back with its stock, the rest goes on; nothing left is a whole cancel."""

from __future__ import annotations

import pytest
from django.test import Client

from bebeli.accounts.models import User
from bebeli.catalog.models import StockMovement, Variant
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.notices.models import Notice
from bebeli.orders import books, story
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.short import Missing, short
from bebeli.orders.flows import documents
from bebeli.orders.models import Order, Refund
from tests import returning, world

pytestmark = pytest.mark.django_db


def missing(order: Order, quantity: int = 1, left: int = 3, **fields: object) -> Missing:
    values = {"goods": "kembali", "reason": "Satu pecah", "line_id": order.lines.order_by("pk")[0].pk, **fields}
    return Missing(quantity=quantity, left=left, **values)  # type: ignore[arg-type]


def goods_of(order: Order) -> Variant:
    return Variant.objects.get(pk=order.lines.order_by("pk")[0].variant_id)


def maker(order: Order) -> int:
    return world.owner(order.seller)


def test_a_piece_goes_back_to_the_shelf_and_its_money_to_the_buyer() -> None:
    order = returning.order(pieces=3)
    short(order.pk, maker(order), missing(order))
    order.refresh_from_db()
    refund = order.refunds.get()
    assert (order.status, refund.amount, refund.state, refund.needs_second) == ("processing", 50_000, "approved", False)
    assert goods_of(order).on_hand == 8
    event = order.events.latest("pk")
    assert (event.verb, event.actor, event.reason.endswith("Satu pecah")) == ("short", "seller", True)
    assert Notice.objects.filter(kind="orders.short", user=order.purchase.buyer).exists()
    assert story.of_buyer(order)[-1].amount == -50_000
    assert "kembali ke pembeli: Satu pecah" in story.of_seller(order)[1].words
    documents.issue_due()
    assert books.check() == []


def test_what_is_lost_leaves_the_stock_for_good() -> None:
    order = returning.order(pieces=3)
    short(order.pk, maker(order), missing(order, goods="hilang"))
    assert goods_of(order).on_hand == 7
    assert StockMovement.objects.filter(kind="write_off", delta=-1, by_id=maker(order)).count() == 1
    reject(order.pk, maker(order), "habis")
    assert goods_of(order).on_hand == 9
    documents.issue_due()
    assert books.check() == []


def test_the_same_answer_twice_gives_back_once_and_a_stale_one_is_refused() -> None:
    order = returning.order(pieces=3)
    for _each in range(2):
        short(order.pk, maker(order), missing(order))
    assert Refund.objects.count() == 1
    with pytest.raises(Refused) as refusal:
        short(order.pk, maker(order), missing(order, quantity=2))
    assert refusal.value.code == "line_changed"
    short(order.pk, maker(order), missing(order, left=2))
    assert (Refund.objects.count(), goods_of(order).on_hand) == (2, 9)


@pytest.mark.parametrize("goods", ["kembali", "hilang"])
def test_nothing_left_is_a_whole_cancel_with_the_shipping(goods: str) -> None:
    order = returning.order(pieces=3)
    short(order.pk, maker(order), missing(order))
    short(order.pk, maker(order), missing(order, quantity=2, left=2, goods=goods))
    short(order.pk, maker(order), missing(order, quantity=2, left=2, goods=goods))
    order.refresh_from_db()
    assert (order.status, order.refunded) == ("cancelled", order.total)
    assert [refund.is_partial for refund in order.refunds.order_by("pk")] == [True, False]
    assert goods_of(order).on_hand == (10 if goods == "kembali" else 8)
    documents.issue_due()
    assert books.check() == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"quantity": 0}, "jumlah"), ({"quantity": 4}, "jumlah"), ({"goods": "entah"}, "stok"), ({"reason": "  "}, "alasan"),
        ({"line_id": 0}, "barang"),
    ],
)  # fmt: skip
def test_bad_input_is_named_at_its_field_and_moves_nothing(fields: dict[str, object], field: str) -> None:
    order = returning.order(pieces=3)
    with pytest.raises(InvalidInput) as wrong:
        short(order.pk, maker(order), missing(order, **fields))  # type: ignore[arg-type]
    assert wrong.value.field == field
    assert not Refund.objects.exists()
    assert goods_of(order).on_hand == 7


def test_only_while_it_is_being_made_ready() -> None:
    order = world.orders_of(world.paid(world.user(), (world.variant(), 3)))[0]
    with pytest.raises(Refused) as refusal:
        short(order.pk, maker(order), missing(order))
    assert refusal.value.code == "wrong_state"


def test_the_desk_asks_line_by_line_and_shows_what_went_back() -> None:
    order = returning.order(pieces=3)
    client = Client()
    client.force_login(User.objects.get(pk=maker(order)))
    page = f"/penjual/pesanan/{order.code}/"
    assert "Barang kurang" in client.get(page).content.decode()
    said = {"barang": order.lines.get().pk, "sisa": 3, "jumlah": "x", "stok": "kembali", "alasan": "Pecah"}
    answer = client.post(f"{page}kurang/", said)
    assert (answer.status_code, "paling sedikit 1" in answer.content.decode()) == (422, True)
    client.post(f"{page}kurang/", {**said, "jumlah": "1"})
    shown = client.get(page).content.decode()
    assert "1 tidak jadi, nilainya Rp50.000" in shown
    assert "Barang kurang, sebagian uang kembali" in shown
    buyer = Client()
    buyer.force_login(User.objects.get(pk=order.purchase.buyer_id or 0))
    assert "Uang kembali" in buyer.get(f"/pesanan/{order.code}/").content.decode()
    assert "Kembali ke pembeli" in buyer.get(f"/pesanan/{order.code}/").content.decode()
