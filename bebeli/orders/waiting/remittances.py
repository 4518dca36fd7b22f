"""Money of others that officers are at, in finance's list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bebeli.kit.templatetags.bebeli import bulan
from bebeli.orders.models import Remittance
from bebeli.orders.remitting import step_of
from bebeli.orders.waiting.kind import Case, Kind, Reader, Step, for_reader, held_by, look

S = Remittance.State


def _told(rows: Sequence[Remittance], reader: Reader) -> list[Case]:
    return [_case(one, reader) for one in rows]


def _case(one: Remittance, reader: Reader) -> Case:
    url = f"{reverse('orders:remittances')}#{one.kind}"
    return Case(
        pk=one.pk,
        since=one.proposed_at,
        name=bulan(one.month),
        about=one.get_kind_display(),
        amount=one.amount,
        url=url,
        step=for_reader(_step(one, reader, url), reader, url),
        holder=held_by(one.proposed_by.first_name or one.proposed_by.email, None),
    )


def _step(one: Remittance, reader: Reader, url: str) -> Step:
    return {
        "approve": Step(_("Menunggu petugas kedua"), _("Periksa"), url, is_ours=True),
        "second": look(_("Menunggu petugas lain"), url),
        "book": Step(_("Disetujui, tinggal ditransfer"), _("Bukukan"), url, is_ours=True),
        "other_books": look(_("Ditransfer yang mengusulkan"), url),
    }[step_of(one, reader.user_id)]


REMITTANCES = Kind(
    code="setoran",
    label=_("Setoran"),
    tab="remittances",
    since="proposed_at",
    open=lambda: Remittance.objects.open().select_related("proposed_by"),
    free=lambda user_id: Q(state=S.PROPOSED) & ~Q(proposed_by=user_id) | Q(state=S.APPROVED, proposed_by=user_id),
    told=_told,
    urgent_after=timedelta(days=3),
)
