"""Uses of vouchers, as steps of the verbs that place, end and call off a purchase. Vouchers are locked by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import assert_open
from bebeli.vouchers import telling
from bebeli.vouchers.fitting import Grant
from bebeli.vouchers.models import Voucher, VoucherUse
from bebeli.vouchers.people import Person, uses_of

S = VoucherUse.State


def lock(locks: Locks, codes: Sequence[str]) -> list[Voucher]:
    """Lock vouchers by code and return them fresh. Raises InvalidInput for a code nobody knows."""
    found = locks.where(Voucher, Q(code__in=codes))
    unknown = set(codes) - {voucher.code for voucher in found}
    if unknown:
        raise InvalidInput("unknown_voucher", _("Kode voucher ini tidak dikenal."), field="voucher", voucher=min(unknown))
    return found


def counts(vouchers: Iterable[Voucher], person: Person) -> dict[int, int]:
    """Return how often a person used each of some vouchers, by voucher."""
    rows = VoucherUse.objects.filter(person.uses, voucher__in=[voucher.pk for voucher in vouchers], state=S.TAKEN)
    return dict(rows.values_list("voucher").annotate(times=Count("pk")))


def take(grants: Iterable[Grant], ref: str, person: Person) -> None:
    """Write the uses of a purchase down; its vouchers are locked and were found to fit."""
    assert_open()
    written = [
        VoucherUse(
            voucher=grant.voucher,
            ref=ref,
            user_id=person.user_id,
            email_digest=person.email_digest,
            phone_digest=person.phone_digest,
            amount=grant.amount,
        )
        for grant in grants
    ]
    VoucherUse.objects.bulk_create(written)
    for use in written:
        _count(use.voucher, 1, use.amount)
        telling.if_used_up(use.voucher)


def _count(voucher: Voucher, uses: int, amount: int) -> None:
    """Move a locked voucher's counts; the row's own constraints hold the limits."""
    voucher.used += uses
    voucher.spent += amount
    Voucher.objects.filter(pk=voucher.pk).update(used=F("used") + uses, spent=F("spent") + amount)


def _locked_uses(locks: Locks, ref: str, state: str) -> list[VoucherUse]:
    """Lock the vouchers of a purchase's uses; the purchase itself is locked, so that nobody else moves them."""
    assert_open()
    uses = list(VoucherUse.objects.filter(ref=ref, state=state).order_by("pk"))
    fresh = {voucher.pk: voucher for voucher in locks.rows(Voucher, [use.voucher_id for use in uses])}
    for use in uses:
        use.voucher = fresh[use.voucher_id]
    return uses


def give_back(locks: Locks, ref: str) -> None:
    """The purchase never came about, or no order of it could be had: its uses and what is left of their money go back."""
    for use in _locked_uses(locks, ref, S.TAKEN):
        _count(use.voucher, -1, -use.kept)
        use.state = S.GIVEN_BACK
        use.returned = use.amount
        use.save()


def return_share(locks: Locks, ref: str, shares: Mapping[int | None, int]) -> None:
    """An order fell: what it had of each discount goes back to the budgets; None is the promo, an id that seller's own."""
    for use in _locked_uses(locks, ref, S.TAKEN):
        share = shares.get(use.voucher.seller_id, 0)
        if share:
            _count(use.voucher, 0, -share)
            use.returned += share
            use.save()


def take_again(locks: Locks, ref: str) -> None:
    """Money came for a purchase whose time had run out: take its uses once more, also after the voucher's end.

    What was promised holds while there is something left of it. Raises Refused past any limit.
    """
    for use in _locked_uses(locks, ref, S.GIVEN_BACK):
        voucher = use.voucher
        person = uses_of(use.user_id, use.email_digest, use.phone_digest)
        times = VoucherUse.objects.filter(person, voucher=voucher, state=S.TAKEN).count()
        is_short = voucher.budget_left is not None and voucher.budget_left < use.amount
        if voucher.uses_left == 0 or is_short or (voucher.per_person is not None and times >= voucher.per_person):
            raise Refused("voucher_used_up", _("Voucher ini sudah habis dipakai."), field="voucher", voucher=voucher.code)
        _count(voucher, 1, use.amount)
        use.state = S.TAKEN
        use.returned = 0
        use.save()
