"""The one thing that somebody of finance can do with a payout, or for whom it waits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bebeli.orders.models import Payout

S = Payout.State
LOADED = ("seller", "account", "requested_by", "ended_by", "taken_by", "paid_after_by", "owed_by")  # what a payout's story names
WORDS: Mapping[str, str | Promise] = {
    "approve": _("Perlu persetujuan"),
    "second": _("Menunggu petugas lain"),
    "own": _("Menunggu petugas lain"),
    "file": _("Menunggu berkas bank"),
    "taken": _("Dikerjakan petugas lain"),
    "take": _("Belum diambil"),
    "pay": _("Anda kerjakan"),
    "owe": _("Anda kerjakan"),
    "provider": _("Berjalan otomatis"),
    "bounce": _("Selesai"),
    "find": _("Selesai"),
    "closed": _("Selesai"),
}


def next_step(payout: Payout, user_id: int, *, is_own: bool, approvers: Collection[int]) -> str:
    """Name the step of this reader, or what is waited for; `approvers` have said yes to it already."""
    if payout.is_ours_to_end or payout.is_ours_to_owe:
        return "own" if is_own else _in_hands(payout, user_id)
    if payout.state == S.REQUESTED:
        if is_own:
            return "own"
        return "second" if user_id in approvers else "approve"
    if payout.state == S.APPROVED and payout.is_by_hand:
        return "own" if is_own else "file"
    if payout.is_open:
        return "provider"
    return "closed" if is_own else _once_ended(payout)


def _once_ended(payout: Payout) -> str:
    if payout.may_be_found:
        return "find"
    return "bounce" if payout.state == S.COMPLETED and payout.is_by_hand else "closed"


def _in_hands(payout: Payout, user_id: int) -> str:
    if payout.is_taken_from(user_id):
        return "taken"
    if payout.taken_by_id != user_id:
        return "take"
    return "owe" if payout.is_ours_to_owe else "pay"


def steps_of(payouts: Sequence[Payout], user_id: int) -> list[str]:
    """Return this reader's step of each: as many queries for one as for twenty."""
    prefetch_related_objects(payouts, "approvals")
    ids = [payout.pk for payout in payouts]
    own = set(Payout.objects.made_by(user_id).filter(pk__in=ids).values_list("pk", flat=True))
    return [
        next_step(payout, user_id, is_own=payout.pk in own, approvers=[one.by_id for one in payout.approvals.all()])
        for payout in payouts
    ]
