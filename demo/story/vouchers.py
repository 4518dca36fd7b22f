"""The month's vouchers: of the regency, of BEBELI, and of two makers; shoppers try them by turns."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bebeli.accounts.models import User
from bebeli.orders import offers, promos
from bebeli.orders.cart_view import CartView
from bebeli.orders.placing import Quoted, Wish
from bebeli.sellers.models import Seller
from bebeli.vouchers.actions.make_voucher import make_sellers_voucher, make_voucher
from bebeli.vouchers.terms import Terms

FIRST = "BELIBEKASI"
TRIED = (FIRST, "", "GRATISONGKIR", "", "LANGGANAN", "")  # by turns


def made(people: dict[str, User], now: datetime) -> None:
    """An officer, finance and two makers make them; they hold from before the month begins."""
    begin, end = now - timedelta(days=31), now + timedelta(days=45)
    first = Terms(
        "Belanja pertama buatan Bekasi", "amount", code=FIRST, name_en="First purchase, made in Bekasi",
        amount=15_000, min_purchase=50_000, budget=15_000_000, max_uses=1_000, is_first_purchase=True, payer="regency",
        starts_at=begin, ends_at=end,
    )  # fmt: skip
    make_voucher(first, people["dinas"].pk)
    shipping = Terms(
        "Gratis ongkir dari BEBELI", "shipping", code="GRATISONGKIR", name_en="Free shipping by BEBELI", payer="platform",
        ceiling=20_000, min_purchase=75_000, budget=5_000_000, per_person=3, starts_at=begin, ends_at=end,
    )  # fmt: skip
    make_voucher(shipping, people["keuangan"].pk)
    party = Terms(
        "Hari jadi toko", "percent", code="HARIJADI10", name_en="The shop's birthday", percent_bp=1_000, ceiling=10_000,
        min_purchase=30_000, per_person=5, max_uses=200, is_automatic=True, starts_at=begin, ends_at=end,
    )  # fmt: skip
    _of_maker("toko03", party)
    regulars = Terms(
        "Untuk pelanggan kami", "amount", code="LANGGANAN", name_en="For our regulars", amount=5_000, min_purchase=30_000,
        per_person=5, max_uses=200, starts_at=begin, ends_at=end,
    )  # fmt: skip
    _of_maker("toko01", regulars)


def _of_maker(short: str, terms: Terms) -> None:
    seller = Seller.objects.get(email=f"{short}@example.com")
    make_sellers_voucher(terms, seller.pk, int(seller.members.values_list("user_id", flat=True)[0]))


def tried(turn: int, wish: Wish, view: CartView, quoted: Quoted) -> Wish:
    """Return the wish with what fits of the code whose turn it is, and the campaigns that come off by themselves."""
    code = TRIED[turn % len(TRIED)]
    shipping = {seller: shipment.price for seller, shipment in quoted.shipments.items()}
    basket = promos.basket_of(view.lines, quoted.districts, shipping)
    found = offers.look(basket, promos.person_of(wish), code)
    return replace(wish, voucher="" if found.misfit else code, campaigns=tuple(found.campaigns))
