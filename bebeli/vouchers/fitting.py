"""Whether a voucher fits a basket, and what it takes off: pure functions on loaded rows and whole rupiah.

A purchase has one place for a promo of the regency or the platform, and one at each seller for the seller's own. A seller's
discount comes off first: a promo's percentage is of what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from bebeli.kit import money
from bebeli.kit.errors import Refused
from bebeli.kit.money import rupiah
from bebeli.vouchers.models import Voucher

LEAST_PAID = 1_000  # rupiah: a payment of less the provider does not take

K = Voucher.Kind


@dataclass(frozen=True)
class BasketLine:
    """Goods of one maker: the category's path, the maker's kecamatan, the subtotal."""

    seller_id: int
    shelf: str
    district: str
    amount: int


@dataclass(frozen=True)
class Basket:
    """What is bought, and each seller's shipping."""

    lines: tuple[BasketLine, ...]
    shipping: Mapping[int, int]
    purse: str = "personal"


@dataclass(frozen=True)
class History:
    """What a person did before: uses of this voucher, and whether anything was ever bought."""

    uses: int = 0
    has_bought: bool = False


@dataclass(frozen=True)
class Misfit:
    """Why not: a stable code, and one plain sentence that says what to do."""

    code: str
    words: str


@dataclass(frozen=True)
class Grant:
    """What one voucher takes off, and how that weighs on each seller."""

    voucher: Voucher
    amount: int
    weights: Mapping[int, int]


@dataclass(frozen=True)
class Deal:
    """The vouchers of one purchase."""

    promo: Grant | None = None
    own: Mapping[int, Grant] = field(default_factory=dict)

    @property
    def grants(self) -> tuple[Grant, ...]:
        """All of them."""
        return (*self.own.values(), *([self.promo] if self.promo else []))

    @property
    def seller_discounts(self) -> dict[int, int]:
        """What each seller takes off, by seller."""
        return {seller: grant.amount for seller, grant in self.own.items()}

    @property
    def platform_discount(self) -> int:
        """What regency or platform take off."""
        return self.promo.amount if self.promo else 0

    @property
    def platform_weights(self) -> Mapping[int, int] | None:
        """The sellers that discount is split over; None without one."""
        return self.promo.weights if self.promo else None

    @property
    def promo_payer(self) -> str:
        """Who pays it; the platform where there is nothing to pay."""
        return self.promo.voucher.payer if self.promo else Voucher.Payer.PLATFORM

    @property
    def total(self) -> int:
        """All that comes off."""
        return sum(grant.amount for grant in self.grants)


NO_DEAL = Deal()


def is_for(voucher: Voucher, line: BasketLine) -> bool:
    """Tell whether a line counts: its maker's, its shelf or one above, its kecamatan."""
    if voucher.seller_id is not None and voucher.seller_id != line.seller_id:
        return False
    if voucher.districts and line.district not in voucher.districts:
        return False
    return not voucher.categories or any(line.shelf.startswith(path) for path in voucher.categories)


def why_not(voucher: Voucher, basket: Basket, history: History, now: datetime) -> Misfit | None:
    """Return why a voucher cannot be used, the gravest first; None when it can."""
    return _by_time(voucher, now) or _by_limits(voucher, history) or _by_basket(voucher, basket)


def _by_time(voucher: Voucher, now: datetime) -> Misfit | None:
    if voucher.state == Voucher.State.ENDED or voucher.ends_at <= now:
        return Misfit("voucher_ended", _("Voucher ini sudah berakhir."))
    if voucher.state == Voucher.State.PAUSED:
        return Misfit("voucher_paused", _("Voucher ini sedang dihentikan sementara. Coba lagi nanti."))
    if voucher.starts_at > now:
        return Misfit("voucher_not_begun", _("Voucher ini belum mulai berlaku."))
    return None


def _by_limits(voucher: Voucher, history: History) -> Misfit | None:
    if voucher.is_used_up:
        return Misfit("voucher_used_up", _("Voucher ini sudah habis dipakai."))
    if voucher.per_person is not None and history.uses >= voucher.per_person:
        return Misfit("voucher_used", _("Anda sudah memakai voucher ini."))
    if voucher.is_first_purchase and history.has_bought:
        return Misfit("voucher_first_only", _("Voucher ini hanya untuk belanja pertama."))
    return None


def _by_basket(voucher: Voucher, basket: Basket) -> Misfit | None:
    if voucher.purse != basket.purse:
        purse = {"purse": Voucher.Purse(voucher.purse).label}
        return Misfit("voucher_purse", _("Voucher ini hanya untuk belanja dengan %(purse)s.") % purse)
    lines = [line for line in basket.lines if is_for(voucher, line)]
    if not lines:
        return Misfit("voucher_other_goods", _other_goods(voucher))
    short = voucher.min_purchase - sum(line.amount for line in lines)
    if short > 0:
        return Misfit("voucher_min_purchase", _("Belanja %(more)s lagi untuk memakai voucher ini.") % {"more": rupiah(short)})
    if voucher.kind == K.SHIPPING and not any(basket.shipping.get(line.seller_id) for line in lines):
        return Misfit("voucher_no_shipping", _("Ongkirnya sudah gratis, jadi voucher ini tidak perlu."))
    return None


def _other_goods(voucher: Voucher) -> str:
    if voucher.seller is not None:
        return _("Voucher ini untuk barang dari %(name)s.") % {"name": voucher.seller.name}
    return _("Belum ada barang di keranjang Anda yang termasuk voucher ini.")


def _left_of(basket: Basket, off: Mapping[int, int]) -> list[tuple[BasketLine, int]]:
    """Return each line with what is left of its amount after its seller's discount, spread by largest remainder."""
    left: list[tuple[BasketLine, int]] = []
    for seller in sorted({line.seller_id for line in basket.lines}):
        lines = [line for line in basket.lines if line.seller_id == seller]
        shares = money.split(off.get(seller, 0), dict(enumerate(line.amount for line in lines)))
        left += [(line, line.amount - shares[at]) for at, line in enumerate(lines)]
    return left


def saving(voucher: Voucher, basket: Basket, off: Mapping[int, int]) -> Grant:
    """Return what a voucher that fits takes off; `off` is what sellers took off before, by seller. It may be nothing."""
    left = _left_of(basket, off)
    goods: dict[int, int] = {}
    for line, amount in left:
        if is_for(voucher, line):
            goods[line.seller_id] = goods.get(line.seller_id, 0) + amount
    weights = goods
    if voucher.kind == K.SHIPPING:
        weights = {seller: basket.shipping.get(seller, 0) for seller in goods}
    whole = sum(weights.values())
    wanted = {K.PERCENT: money.down(whole, voucher.percent_bp), K.AMOUNT: voucher.amount}.get(K(voucher.kind), whole)
    most = [wanted, whole, *([voucher.ceiling] if voucher.ceiling else [])]
    if voucher.seller_id is not None:  # it comes off the goods: a courier gets the full price all the same
        most.append(sum(goods.values()))
    most.append(sum(amount for _line, amount in left) + sum(basket.shipping.values()) - LEAST_PAID)
    return Grant(voucher, max(min(most), 0), {seller: weight for seller, weight in weights.items() if weight})


def refusal_of(grant: Grant) -> Misfit | None:
    """Return why a voucher that fits still gives nothing: too little money left in it, or too little to pay."""
    left = grant.voucher.budget_left
    if left is not None and grant.amount > left:
        return Misfit("voucher_used_up", _("Anggaran voucher ini tidak cukup lagi untuk belanja ini."))
    if grant.amount == 0:
        return Misfit("voucher_too_small", _("Belanja ini terlalu kecil untuk voucher ini."))
    return None


def strike(vouchers: Iterable[Voucher], basket: Basket, histories: Mapping[int, History], now: datetime) -> Deal:
    """Return the deal of exactly these vouchers. Raises Refused with the first that does not fit, and its code."""
    own: dict[int, Grant] = {}
    promo: Grant | None = None
    for voucher in _sellers_first(vouchers):
        misfit = why_not(voucher, basket, histories.get(voucher.pk, History()), now)
        grant = saving(voucher, basket, {seller: one.amount for seller, one in own.items()})
        misfit = misfit or refusal_of(grant)
        if misfit is not None:
            raise Refused(misfit.code, misfit.words, field="voucher", voucher=voucher.code)
        taken = promo is not None if voucher.seller_id is None else voucher.seller_id in own
        if taken:
            raise Refused("voucher_conflict", _("Hanya satu voucher bisa dipakai."), field="voucher", voucher=voucher.code)
        if voucher.seller_id is None:
            promo = grant
        else:
            own[voucher.seller_id] = grant
    return Deal(promo, own)


def _sellers_first(vouchers: Iterable[Voucher]) -> list[Voucher]:
    return sorted(vouchers, key=lambda voucher: (voucher.seller_id is None, voucher.pk))


@dataclass(frozen=True)
class Offer:
    """A voucher as it is shown to one buyer: what it would take off, or why it does not fit."""

    voucher: Voucher
    amount: int
    misfit: Misfit | None
    is_chosen: bool = False


def offer(voucher: Voucher, basket: Basket, history: History, now: datetime, off: Mapping[int, int]) -> Offer:
    """Return how a voucher stands for one buyer."""
    grant = saving(voucher, basket, {} if voucher.seller_id is not None else off)
    misfit = why_not(voucher, basket, history, now) or refusal_of(grant)
    return Offer(voucher, 0 if misfit else grant.amount, misfit)


def choose(
    typed: Voucher | None, automatic: Sequence[Voucher], basket: Basket, histories: Mapping[int, History], now: datetime
) -> Deal:
    """Return the deal of the typed voucher, where it fits, and of the best campaign for each place that is still free."""
    best: dict[int | None, Grant] = {}
    rivals = ([typed] if typed is not None else []) + [voucher for voucher in automatic if voucher != typed]
    for voucher in sorted(rivals, key=lambda one: one.seller_id is None):  # sellers first, and the typed one before its rivals
        off = {seller: grant.amount for seller, grant in best.items() if seller is not None}
        grant = saving(voucher, basket, {} if voucher.seller_id is not None else off)
        if why_not(voucher, basket, histories.get(voucher.pk, History()), now) or refusal_of(grant):
            continue
        rival = best.get(voucher.seller_id)
        if rival is None or (rival.voucher != typed and grant.amount > rival.amount):
            best[voucher.seller_id] = grant
    return Deal(best.get(None), {seller: grant for seller, grant in best.items() if seller is not None})
