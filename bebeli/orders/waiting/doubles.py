"""Money that went out twice in finance's list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.orders.models import DoubleRefund
from bebeli.orders.waiting.kind import Case, Condition, Kind, Reader, Step, for_reader, held_by, look


def _free(user_id: int) -> Condition:
    is_free = Q(looked_until=None) | Q(looked_by=user_id) | Q(looked_until__lte=clock.now())
    return is_free & ~Q(attempt__payment__purchase__buyer=user_id) & ~Q(proposed_by=user_id)


def _told(cases: Sequence[DoubleRefund], reader: Reader) -> list[Case]:
    return [_case(case, reader) for case in cases]


def _case(case: DoubleRefund, reader: Reader) -> Case:
    url = reverse("orders:double", args=[case.pk])
    looker = case.looked_by if case.is_taken else None
    return Case(
        pk=case.pk,
        since=case.opened_at,
        name=case.attempt.code,
        about=_("sudah kembali kepada pembeli, lalu ditarik penyedia juga"),
        amount=case.amount,
        url=url,
        step=_step(case, reader, url),
        holder=held_by(looker.first_name or looker.email, case.looked_until) if looker else "",
    )


def _step(case: DoubleRefund, reader: Reader, url: str) -> Step:
    if reader.user_id in {case.attempt.payment.purchase.buyer_id, case.proposed_by_id}:
        return look(_("Menunggu petugas lain"), url)
    if case.is_taken_from(reader.user_id):
        return look(_("Diperiksa petugas lain"), url)
    if case.is_taken:
        return for_reader(Step(_("Anda periksa"), _("Lanjutkan"), url, is_ours=True), reader, url)
    words = _("Diusulkan dihapus") if case.is_proposed else _("Belum kembali")
    take = reverse("orders:double_step", args=[case.pk, "ambil"])
    return for_reader(Step(words, _("Periksa"), take, is_ours=True, takes=True), reader, url)


DOUBLES = Kind(
    code="duakali",
    label=_("Keluar dua kali"),
    tab="finance",
    since="opened_at",
    open=lambda: DoubleRefund.objects.open().select_related("attempt__payment__purchase", "looked_by"),
    free=_free,
    told=_told,
    urgent_after=timedelta(days=3),
)
