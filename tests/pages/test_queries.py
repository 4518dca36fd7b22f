"""How many queries a page costs when nothing is cached: the number is here, and twenty rows cost no more than one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bebeli.accounts import tokens
from bebeli.accounts.models import User
from bebeli.kit import page_cache
from bebeli.notices.models import InboxMessage, Notice
from bebeli.orders.actions import lock_complaint as sides
from bebeli.orders.actions.escalate_complaint import ask_officer_as_seller
from bebeli.orders.actions.refund import name_refund_account
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.write_complaint import write_complaint
from bebeli.orders.evidence import KeptPicture
from bebeli.orders.flows import documents
from bebeli.orders.models import Complaint, Order
from bebeli.sellers.models import Membership, Seller
from tests import grievances, world
from tests.vouchers import making

pytestmark = pytest.mark.django_db
MANY = 20
CODE = "BB-KELUHAN0-1"


class Shop:
    """One maker's stall that grows, one buyer who buys from it, one person of finance."""

    def __init__(self) -> None:
        self.owner, self.buyer, self.finance = world.user(), world.user(), world.finance()
        self.stall: Seller = world.seller(slug="toko-uji")
        Membership.objects.create(seller=self.stall, user=self.owner)
        self.officer = grievances.officer()
        world.address(self.buyer)

    def product(self) -> None:
        """One more on the shelf."""
        world.variant(self.stall)

    def line(self) -> None:
        """One more in the cart, each of the same maker."""
        world.cart_of(self.buyer, (world.variant(self.stall), 1))

    def line_and_voucher(self) -> None:
        """One more in the cart, and one more voucher to choose from."""
        self.line()
        self.voucher()

    def order(self) -> None:
        """One more paid order."""
        world.paid(self.buyer, (world.variant(self.stall), 1))

    def document(self) -> None:
        """One more paid order on paper."""
        self.order()
        documents.issue_due()

    def voucher(self) -> None:
        """One more campaign of the regency, and one of the stall."""
        making.voucher()
        making.own(self.stall)

    def message(self) -> None:
        """One more in the inbox."""
        key = f"uji{Notice.objects.count()}"
        notice = Notice.objects.create(dedup_key=key, kind="orders.paid", channel="app", user=self.buyer, ref=key)
        InboxMessage.objects.create(user=self.buyer, notice=notice, kind=notice.kind, title="Judul", body="Isi", url="/")

    def complaint(self) -> None:
        """One more that the maker must answer."""
        grievances.about(grievances.delivered(stall=self.stall, buyer=self.buyer))

    def case(self) -> None:
        """One more that an officer must decide."""
        order = grievances.delivered(stall=self.stall, buyer=self.buyer)
        complaint = grievances.about(order)
        ask_officer_as_seller(complaint.pk, self.owner.pk)

    def word(self) -> None:
        """One more thing said, with a picture, in the one complaint."""
        if not Complaint.objects.exists():
            self.complaint()
        complaint = Complaint.objects.get()
        if complaint.order.code != CODE:
            Order.objects.filter(pk=complaint.order_id).update(code=CODE)
        kept = [KeptPicture(f"keluhan/{uuid.uuid4().hex}.webp", 1)]
        write_complaint(complaint.pk, sides.seller(self.owner.pk), uuid.uuid4().hex, kept)

    def refund(self) -> None:
        """One more to pay by hand."""
        order = world.orders_of(world.paid(self.buyer, (world.variant(self.stall), 1)))[0]
        reject(order.pk, self.owner.pk, "habis")
        name_refund_account(order.refunds.get().pk, "014", "1234567890", "Uji")


# address, who looks, what there is more of, the exact number of queries
PAGES: tuple[tuple[str, str, str, int], ...] = (
    ("/", "", "product", 8),
    ("/", "", "voucher", 7),
    ("/kategori/keripik/", "", "product", 5),
    ("/cari/?q=barang", "", "product", 5),
    ("/toko/toko-uji/", "", "product", 4),
    ("/toko/", "", "product", 2),
    ("/keranjang/", "buyer", "line", 8),
    ("/checkout/", "buyer", "line", 20),
    ("/checkout/", "buyer", "line_and_voucher", 20),
    ("/pesanan/", "buyer", "order", 8),
    ("/akun/kotak-masuk/", "buyer", "message", 7),
    ("/akun/keluhan/", "buyer", "complaint", 7),
    ("/penjual/", "owner", "order", 12),
    ("/penjual/keluhan/", "owner", "complaint", 9),
    ("/dinas/keluhan/", "officer", "case", 9),
    (f"/pesanan/{CODE}/keluhan/", "buyer", "word", 12),
    ("/penjual/produk/", "owner", "product", 9),
    ("/penjual/dokumen/", "owner", "document", 12),
    ("/penjual/voucher/", "owner", "voucher", 8),
    ("/keuangan/voucher/", "finance", "voucher", 11),
    ("/keuangan/", "finance", "refund", 14),
)
API: tuple[tuple[str, str, str, int], ...] = (
    ("/api/v1/categories/", "", "product", 1),
    ("/api/v1/products/", "", "product", 1),
    ("/api/v1/products/?search=barang", "", "product", 4),
    ("/api/v1/sellers/", "", "product", 1),
    ("/api/v1/cart/", "buyer", "line", 3),
    ("/api/v1/orders/", "buyer", "order", 5),
    ("/api/v1/complaints/", "buyer", "complaint", 6),
    ("/api/v1/seller/orders/", "owner", "order", 5),
    ("/api/v1/seller/complaints/", "owner", "complaint", 7),
    ("/api/v1/seller/products/", "owner", "product", 3),
)


def count(look: Callable[[], Any]) -> int:
    """Count the queries of one look with nothing cached."""
    page_cache.forget()
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert look().status_code == 200
    return len(caught)


def looker(shop: Shop, who: str, path: str) -> Callable[[], Any]:
    """Return how somebody opens an address."""
    person: User | None = getattr(shop, who, None) if who else None
    client = Client()
    if path.startswith("/api/"):
        headers = {"Authorization": f"Bearer {tokens.issue(person)[0]}"} if person else {}
        return lambda: client.get(path, headers=headers)
    if person:
        client.force_login(person)
    return lambda: client.get(path)


@pytest.mark.parametrize(("path", "who", "more", "queries"), PAGES + API)
def test_twenty_rows_cost_what_one_costs(path: str, who: str, more: str, queries: int) -> None:
    shop = Shop()
    look = looker(shop, who, path)
    getattr(shop, more)()
    look()  # what a process reads once is read
    one = count(look)
    for _number in range(MANY - 1):
        getattr(shop, more)()
    assert (one, count(look)) == (queries, queries)


def test_a_products_page() -> None:
    shop = Shop()
    made = world.variant(shop.stall)
    look = looker(shop, "", f"/produk/{made.product.slug}/")
    look()
    assert count(look) == 7
    for _number in range(MANY):
        shop.voucher()
    assert count(look) == 7
