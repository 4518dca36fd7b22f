"""Plans the purchases: who buys what when, and how far each has come by now."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.management.base import CommandError

from bebeli.accounts.models import Address
from bebeli.kit import clock
from bebeli.kit.codes import CROCKFORD
from bebeli.orders import rates, totals
from bebeli.orders.models import Purchase
from bebeli.orders.shipping import Destination, Option, Origin, Parcel, Tariffs, load_tariffs
from bebeli.orders.shipping.providers import local
from demo.load.goods import Ware, Wares
from demo.load.plan import BUYER, Place, Plan

HOUR = 60
DAY = 24 * HOUR
FATES = {  # how often, and how many minutes ago it was placed
    "awaiting": (8, 10, 20 * HOUR),
    "paid": (12, HOUR, 40 * HOUR),
    "processing": (10, 24 * HOUR, 5 * DAY),
    "shipped": (12, 2 * DAY, 6 * DAY),
    "completed": (48, 9 * DAY, 30 * DAY),
    "cancelled": (10, 3 * DAY, 30 * DAY),
}
VIRTUAL = ("bca_va", "bni_va", "bri_va", "permata_va")
TWO_STALLS = 0.25
ANOTHER_LINE = 0.4
PIECES = (1, 1, 1, 2, 3)


@dataclass
class Part:
    """One stall's part of a purchase."""

    lines: list[tuple[Ware, int]]
    option: Option

    @property
    def seller_id(self) -> int:
        """The stall."""
        return self.lines[0][0].seller_id

    @property
    def weight_g(self) -> int:
        """Of the parcel."""
        return sum(ware.weight_g * pieces for ware, pieces in self.lines)

    @property
    def subtotals(self) -> list[int]:
        """Rupiah line by line."""
        return [ware.price * pieces for ware, pieces in self.lines]


@dataclass
class Sale:
    """One purchase; `at` holds when each thing happened."""

    code: str
    fate: str
    method: str
    buyer: Buyer
    parts: list[Part]
    money: totals.PurchaseParts
    transaction_id: str
    at: dict[str, datetime] = field(default_factory=dict)
    vat_bp: int = 0

    @property
    def is_paid(self) -> bool:
        """Whether the money came."""
        return self.fate != "awaiting"


@dataclass(frozen=True)
class Buyer:
    """A loaded buyer with the address things go to."""

    user_id: int
    email: str
    recipient: str
    phone: str
    street: str
    place: Place


def buyers(villages: Sequence[Place]) -> list[Buyer]:
    """Return the loaded buyers; refuses when there are none."""
    by_code = {place.village: place for place in villages}
    rows = Address.objects.filter(user__email__startswith=BUYER, is_default=True, removed_at=None, region__in=by_code)
    fields = ("user_id", "user__email", "recipient", "phone", "street", "region_id")
    found = [
        Buyer(user, email, recipient, phone, street, by_code[village])
        for user, email, recipient, phone, street, village in rows.order_by("user_id").values_list(*fields)
    ]
    if not found:
        message = f"Nobody buys anything yet: orders need --buyers ({BUYER}…@example.com)."
        raise CommandError(message)
    return found


def planned(plan: Plan, villages: Sequence[Place]) -> list[Sale]:
    """Return purchases with as many orders as were asked for, oldest first."""
    wares, people, tariffs = Wares(plan.dice, plan.orders), buyers(villages), load_tariffs(clock.today())
    now_rates, taken = rates.on(clock.today()), set(Purchase.objects.values_list("code", flat=True))
    fates = [fate for fate, (often, _from, _to) in FATES.items() for _ in range(often)]
    sales: list[Sale] = []
    open_orders = plan.orders
    while open_orders:
        buyer, fate = plan.dice.choice(people), plan.dice.choice(fates)
        parts = list(_parts(plan, wares, buyer, tariffs, open_orders))
        money = totals.purchase_parts(
            {part.seller_id: part.subtotals for part in parts},
            {part.seller_id: part.option.price for part in parts},
            now_rates,
        )
        method = "qris" if fate == "cancelled" else plan.dice.choice(VIRTUAL)
        sale = Sale(_code(plan, taken), fate, method, buyer, parts, money, str(uuid.UUID(int=plan.dice.getrandbits(128))))
        sale.at, sale.vat_bp = _moments(plan, fate), now_rates.vat_bp
        sales.append(sale)
        open_orders -= len(parts)
    return sorted(sales, key=lambda sale: sale.at["placed"])


def frozen(sale: Sale, money: totals.OrderParts) -> dict[str, int]:
    """Return what an order keeps of the rates it was sold at."""
    return {
        "commission_bp": money.commission_bp,
        "vat_bp": sale.vat_bp,
        "income_tax_bp": money.income_tax_bp,
        "goods_vat_bp": money.goods_vat_bp,
        "commission": money.commission,
        "commission_vat": money.commission_vat,
        "income_tax": money.income_tax,
    }


def _code(plan: Plan, taken: set[str]) -> str:
    while (code := f"BB-{''.join(plan.dice.choices(CROCKFORD, k=8))}") in taken:
        continue
    taken.add(code)
    return code


def _parts(plan: Plan, wares: Wares, buyer: Buyer, tariffs: Tariffs, most: int) -> Iterator[Part]:
    first = _part(plan, wares, buyer, tariffs, 0)
    yield first
    if most > 1 and wares.stalls > 1 and plan.dice.random() < TWO_STALLS:
        yield _part(plan, wares, buyer, tariffs, first.seller_id)


def _part(plan: Plan, wares: Wares, buyer: Buyer, tariffs: Tariffs, not_from: int) -> Part:
    pieces = plan.dice.choice(PIECES)
    lines = [(wares.pick(pieces, not_from), pieces)]
    if plan.dice.random() < ANOTHER_LINE and (other := wares.beside(lines[0][0], 1)) is not None:
        lines.append((other, 1))
    parcels = tuple(Parcel(ware.weight_g, None, number) for ware, number in lines)
    destination = Destination(is_in_bekasi=True, zone=buyer.place.zone, tariff_zone="")
    return Part(lines, local(Origin(lines[0][0].zone, "nasional"), destination, parcels, tariffs)[0])


def _moments(plan: Plan, fate: str) -> dict[str, datetime]:
    """Return when it was placed, paid, accepted, shipped, completed, cancelled, given back: as far as it came."""
    dice, (_often, youngest, oldest) = plan.dice, FATES[fate]
    moment = plan.now - timedelta(minutes=dice.randint(youngest, oldest))
    at = {"placed": moment}
    ways: dict[str, tuple[tuple[str, int, int], ...]] = {
        "awaiting": (),
        "paid": (("paid", 2, 14),),
        "processing": (("paid", 2, 14), ("accepted", 20, 20 * HOUR)),
        "shipped": (("paid", 2, 14), ("accepted", 20, 20 * HOUR), ("shipped", HOUR, 25 * HOUR)),
        "completed": (
            ("paid", 2, 14), ("accepted", 20, 20 * HOUR), ("shipped", HOUR, 25 * HOUR), ("completed", 7 * HOUR, 80 * HOUR),
        ),
        "cancelled": (("paid", 2, 14), ("cancelled", 30, 5 * HOUR), ("returned", 2 * HOUR, 4 * HOUR)),
    }  # fmt: skip
    for name, soonest, latest in ways[fate]:
        moment += timedelta(minutes=dice.randint(soonest, latest))
        at[name] = moment
    return at
