"""The plot: who buys what on which day, and how far each order has come by now."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from bebeli.accounts.models import User
from bebeli.catalog.models import Variant
from bebeli.orders.models import Order, Purchase
from demo.story import complaints, lives, rates, transfers, vouchers
from demo.story.month import METHODS, Tale, buy, hear, real_now

SEED = 20261123
DAYS = 30
A_DAY = 3
SETTLED_AFTER = timedelta(days=8)
SHORT_BY = 2_500  # rupiah that a suspect payment brings less than it asked


def tell(people: dict[str, User]) -> Tale:
    """Tell the month and return what the provider must know."""
    tale = Tale(random.Random(SEED), people)  # noqa: S311  a story, not a secret
    goods = tale.goods()
    shoppers = [user for short, user in people.items() if short.startswith("belanja") or short in {"pembeli", "asn"}]
    now = real_now()
    vouchers.made(people, now)
    rates.fixed((now - timedelta(days=2 * DAYS + 1)).date())
    for day in range(DAYS, 1, -1):
        for _number in range(A_DAY):
            at = now - timedelta(days=day, minutes=tale.dice.randint(0, 900))
            purchase = buy(tale, tale.dice.choice(shoppers), _basket(tale, goods), at, tale.dice.choice(METHODS))
            if purchase is not None:
                _fate(tale, purchase, at, now)
    _earlier(tale, goods, now)
    _today(tale, goods, now)
    return tale


def _basket(tale: Tale, goods: list[Variant]) -> list[tuple[Variant, int]]:
    chosen = tale.dice.sample(goods, tale.dice.choice((1, 1, 2, 3)))
    return [(variant, tale.dice.choice((1, 1, 1, 2, 3))) for variant in chosen]


def _fate(tale: Tale, purchase: Purchase, at: datetime, now: datetime) -> None:
    lot = tale.dice.random()
    if lot < 0.07:  # noqa: PLR2004  how often people do not pay
        (lives.unpaid if lot < 0.05 else lives.called_off)(tale, purchase, at)  # noqa: PLR2004
        return
    moment = lives.paid(tale, purchase, at)
    for order in lives.each(purchase):
        if now - at > SETTLED_AFTER:
            _old(tale, order, moment)
        else:
            _young(tale, order, moment, now)


def _old(tale: Tale, order: Order, at: datetime) -> None:
    lot = tale.dice.random()
    if lot < 0.1:  # noqa: PLR2004  how often an order falls
        way = tale.dice.choice(("reject", "cancel", "time_out"))
        lives.given_back(tale, order, lives.fallen(tale, order, at, way), tale.people["keuangan"].pk)
    else:
        lives.whole_life(tale, order, at)


def _young(tale: Tale, order: Order, at: datetime, now: datetime) -> None:
    steps = (lives.accepted, lives.sent, lives.arrived)
    for step in steps:
        if now - at < timedelta(hours=62):
            return
        at = step(tale, order, at)
    if now - at > timedelta(hours=24):
        lives.received(tale, order, at)


def _earlier(tale: Tale, goods: list[Variant], now: datetime) -> None:
    """The first maker has earned something already."""
    first = [variant for variant in goods if variant.product.seller.email == "toko01@example.com"]
    last_month = [now.replace(day=1) - timedelta(days=days) for days in (20, 17, 13)]  # has its statement and slips
    for number, at in enumerate([*last_month, *(now - timedelta(days=days) for days in (19, 12, 9))]):
        method = "bca_va" if number % 3 == 1 else "qris"
        purchase = buy(tale, tale.people["asn"], [(tale.dice.choice(first), 1)], at, method)
        if purchase is not None:
            moment = lives.paid(tale, purchase, at)
            for order in lives.each(purchase):
                lives.whole_life(tale, order, moment)


def _today(tale: Tale, goods: list[Variant], now: datetime) -> None:
    """The demo's shopper has one order in each state, and the first maker has work."""
    me = tale.people["pembeli"]
    first = [variant for variant in goods if variant.product.seller.email == "toko01@example.com"]
    others = [variant for variant in goods if variant.product.seller.email != "toko01@example.com"]

    def order_of(hours: float, method: str, how: str = "") -> tuple[Order, datetime] | None:
        at = now - timedelta(hours=hours)
        basket = [(tale.dice.choice(first), 1)]
        purchase = buy(tale, me, basket, at, method, how)
        if purchase is None:
            return None
        return lives.each(purchase)[0], lives.paid(tale, purchase, at)

    for hours, method in ((3, "bca_va"), (5, "qris")):
        order_of(hours, method)
    if (made := order_of(20, "bri_va")) is not None:
        lives.accepted(tale, *made)
    if (made := order_of(70, "qris", "local")) is not None:
        lives.sent(tale, made[0], lives.accepted(tale, *made))
    if (made := order_of(120, "bca_va", "local")) is not None:
        lives.arrived(tale, made[0], lives.sent(tale, made[0], lives.accepted(tale, *made)))
    if (made := order_of(30, "qris", "pickup")) is not None:
        lives.accepted(tale, *made)
    if (made := order_of(9, "bni_va")) is not None:
        lives.fallen(tale, made[0], made[1], "cancel")
    if (made := order_of(15, "bca_va")) is not None:
        moment = lives.fallen(tale, made[0], made[1], "cancel")
        lives.named(made[0], moment)
    complaints.told(tale, first, others, now)
    _short(tale, others, now)
    _by_hand(tale, others, now)
    _suspect(tale, others, now)
    buy(tale, me, [(tale.dice.choice(others), 2), (tale.dice.choice(others), 1)], now - timedelta(minutes=40), "bca_va")
    buy(tale, me, [(tale.dice.choice(others), 1)], now - timedelta(minutes=2), "qris")


def _short(tale: Tale, goods: list[Variant], now: datetime) -> None:
    """A maker is short of one piece of three."""
    at = now - timedelta(hours=40)
    purchase = buy(tale, tale.people["pembeli"], [(tale.dice.choice(goods), 3)], at, "qris")
    if purchase is not None:
        moment = lives.accepted(tale, lives.each(purchase)[0], lives.paid(tale, purchase, at))
        lives.shortened(lives.each(purchase)[0], moment)
        lives.given_back(tale, lives.each(purchase)[0], moment + timedelta(hours=1), tale.people["keuangan"].pk)


def _by_hand(tale: Tale, goods: list[Variant], now: datetime) -> None:
    """A proof of a transfer waits for finance."""
    at = now - timedelta(minutes=95)
    purchase = buy(tale, tale.people["pembeli"], [(tale.dice.choice(goods), 1)], at, transfers.METHOD)
    if purchase is not None:
        transfers.sent(tale, purchase, at)


def _suspect(tale: Tale, goods: list[Variant], now: datetime) -> None:
    """The provider says that less came than was asked: finance must look."""
    at = now - timedelta(minutes=50)
    purchase = buy(tale, tale.people["pembeli"], [(tale.dice.choice(goods), 1)], at, "qris")
    if purchase is not None:
        hear(tale, purchase, "settlement", at + timedelta(minutes=3), SHORT_BY)
