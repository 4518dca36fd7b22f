"""What the provider gave out without us, in finance's list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bebeli.orders.models import OutsideRefund
from bebeli.orders.waiting.kind import Case, Kind, Reader, Step, for_reader, look
from bebeli.orders.waiting.payments import OTHERS


def _told(cases: Sequence[OutsideRefund], reader: Reader) -> list[Case]:
    return [_outside(case, reader) for case in cases]


def _outside(case: OutsideRefund, reader: Reader) -> Case:
    url = reverse("orders:outside", args=[case.pk])
    is_own = case.attempt.payment.purchase.buyer_id == reader.user_id
    step = look(OTHERS, url) if is_own else Step(_("Perlu keputusan"), _("Periksa lalu putuskan"), url, is_ours=True)
    return Case(
        pk=case.pk,
        since=case.found_at,
        name=case.attempt.code,
        about=case.get_kind_display(),
        amount=case.amount,
        url=url,
        step=for_reader(step, reader, url),
    )


OUTSIDES = Kind(
    code="luar",
    label=_("Keluar di penyedia"),
    tab="finance",
    since="found_at",
    open=lambda: OutsideRefund.objects.open().select_related("attempt__payment__purchase"),
    free=lambda user_id: ~Q(attempt__payment__purchase__buyer=user_id),
    told=_told,
    urgent_after=timedelta(days=1),
)
