"""Differences between a report and the books in finance's list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bebeli.orders.models import Difference
from bebeli.orders.waiting.kind import Case, Kind, Reader, Step, for_reader, held_by, look


def _told(differences: Sequence[Difference], reader: Reader) -> list[Case]:
    return [_case(difference, reader) for difference in differences]


def _case(difference: Difference, reader: Reader) -> Case:
    url = reverse("orders:difference", args=[difference.pk])
    claimer = difference.claimed_by
    return Case(
        pk=difference.pk,
        since=difference.found_at,
        name=difference.name,
        about=difference.get_kind_display(),
        amount=difference.in_report if difference.in_report is not None else difference.in_books,
        url=url,
        step=for_reader(_step(difference, reader, url), reader, url),
        holder=held_by(claimer.first_name or claimer.email, None) if claimer else "",
    )


def _step(difference: Difference, reader: Reader, url: str) -> Step:
    if difference.claimed_by_id is None:
        take = reverse("orders:difference_step", args=[difference.pk, "ambil"])
        return Step(_("Perlu penjelasan"), _("Saya urus"), take, is_ours=True, takes=True)
    if difference.claimed_by_id == reader.user_id:
        return Step(_("Anda urus"), _("Jelaskan"), url, is_ours=True)
    return look(_("Diurus petugas lain"), url)


DIFFERENCES = Kind(
    code="selisih",
    label=_("Selisih"),
    tab="reconciliation",
    since="found_at",
    open=lambda: Difference.objects.open().select_related("line__report", "attempt__payment__purchase", "claimed_by"),
    free=lambda user_id: Q(claimed_by=None) | Q(claimed_by=user_id),
    told=_told,
    urgent_after=timedelta(days=3),
)
