"""The vouchers a checkout shows: what the typed one and the campaigns take off, and why the others do not fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from bebeli.kit import clock
from bebeli.orders.promos import bought_before
from bebeli.vouchers.fitting import NO_DEAL, Basket, Deal, History, Misfit, Offer, choose, offer
from bebeli.vouchers.models import Voucher, VoucherUse
from bebeli.vouchers.people import Person

SHOWN = 50


@dataclass(frozen=True)
class Offers:
    """The deal as it stands, every voucher that may be shown, and what is wrong with the typed one."""

    deal: Deal = NO_DEAL
    rows: tuple[Offer, ...] = ()
    typed: str = ""
    misfit: Misfit | None = None

    @property
    def fitting(self) -> list[Offer]:
        """Those that take something off, or would."""
        return [one for one in self.rows if one.misfit is None]

    @property
    def others(self) -> list[Offer]:
        """Those that do not fit, with what is missing."""
        return [one for one in self.rows if one.misfit is not None]

    @property
    def campaigns(self) -> list[str]:
        """The codes that come off without being typed."""
        return [grant.voucher.code for grant in self.deal.grants if grant.voucher.code != self.typed]


def look(basket: Basket, person: Person, typed: str) -> Offers:
    """Read in one query what there is for a basket, and strike the best deal; `typed` is kept first where it fits."""
    now = clock.now()
    sellers = {line.seller_id for line in basket.lines}
    shown = Voucher.objects.running(now).shown().filter(Q(seller=None) | Q(seller__in=sellers))
    found = Voucher.objects.filter(Q(pk__in=shown.values("pk")) | Q(code=typed)) if typed else shown
    mine = VoucherUse.objects.filter(person.uses, voucher=OuterRef("pk"), state=VoucherUse.State.TAKEN).order_by()
    times = mine.values("voucher").annotate(times=Count("pk")).values("times")
    asked = found.select_related("seller").annotate(
        mine=Coalesce(Subquery(times, output_field=IntegerField()), 0), has_bought=Exists(bought_before(person))
    )
    rows: list[Any] = list(asked.order_by(Case(When(code=typed, then=0), default=1), "-is_automatic", "ends_at", "pk")[:SHOWN])
    histories = {row.pk: History(row.mine, row.has_bought) for row in rows}
    chosen = next((row for row in rows if row.code == typed), None)
    deal = choose(chosen, [row for row in rows if row.is_automatic], basket, histories, now)
    used = {grant.voucher.pk for grant in deal.grants}
    offers = [offer(row, basket, histories[row.pk], now, deal.seller_discounts) for row in rows]
    offers = [replace(one, is_chosen=one.voucher.pk in used) for one in offers]
    offers.sort(key=lambda one: (not one.is_chosen, one.misfit is not None, -one.amount))
    misfit = next((one.misfit for one in offers if one.voucher.code == typed), None)
    if typed and chosen is None:
        misfit = Misfit("unknown_voucher", _("Kode voucher ini tidak dikenal."))
    return Offers(deal, tuple(offers), typed, misfit)
