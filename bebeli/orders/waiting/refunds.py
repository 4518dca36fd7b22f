"""Refunds in finance's list: those a second person must approve, and those under way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.orders import refund_steps, returns
from bebeli.orders.models import Refund, RefundWord, TransferProof
from bebeli.orders.waiting.kind import Case, Condition, Kind, Reader, Step, for_reader, held_by, look

LOADED = ("order__seller", "attempt__payment__purchase", "decided_by", "turned_down_by", "approved_by", "paid_by", "taken_by")
ACTIONS = {
    "approve": _("Periksa lalu putuskan"),
    "reconsider": _("Pertimbangkan lagi"),
    "answer": _("Jawab penolakannya"),
    "pay": _("Catat transfernya"),
}
S = Refund.State


def _open(*states: str) -> QuerySet[Refund]:
    return Refund.objects.filter(state__in=states).select_related(*LOADED)


def _to_decide(user_id: int) -> Condition:
    stood_up = RefundWord.objects.filter(
        refund_id=Coalesce(OuterRef("origin_id"), OuterRef("pk")), act=RefundWord.Act.ANSWER, by=user_id
    )
    own = Q(decided_by=user_id) | Q(attempt__payment__purchase__buyer=user_id)
    return Q(turned_down_by__isnull=False) | (~own & ~Exists(stood_up))


def _to_transfer(user_id: int) -> Condition:
    own_word = TransferProof.objects.filter(attempt=OuterRef("attempt"), state=TransferProof.State.ACCEPTED, decided_by=user_id)
    is_free = Q(taken_at=None) | Q(taken_by=user_id) | Q(taken_at__lte=clock.now() - refund_steps.KEPT)
    can_be_paid = Q(channel=Refund.Channel.BANK) & ~Q(account_number="")
    seen_by_others = Q(needs_second=True) & ~Q(approved_by=user_id)
    return can_be_paid & is_free & (seen_by_others | Q(needs_second=False) & (_is_little() | ~Exists(own_word)))


def _is_little() -> Q:
    return Q(amount__lt=returns.much())


def _told(refunds: Sequence[Refund], reader: Reader) -> list[Case]:
    prefetch_related_objects(refunds, "attempt__proofs")
    answerers = refund_steps.answerers_of(refunds)
    return [_case(refund, refund_steps.next_step(refund, reader.user_id, answerers[refund.pk]), reader) for refund in refunds]


def _case(refund: Refund, step: str, reader: Reader) -> Case:
    url = reverse("orders:refund", args=[refund.pk])
    holder = refund.taken_by
    return Case(
        pk=refund.pk,
        since=refund.requested_at,
        name=refund.order.code if refund.order else refund.key,
        about=f"{_(refund.reason)} · {refund.order.seller.name if refund.order else refund.get_channel_display()}",
        amount=refund.amount,
        url=url,
        step=for_reader(_step(refund, step, url), reader, url),
        holder=held_by(holder.first_name or holder.email, None) if holder and refund_steps.is_taken(refund) else "",
    )


def _step(refund: Refund, step: str, url: str) -> Step:
    words = refund_steps.WORDS[step]
    if step == "take":
        return Step(words, _("Kerjakan"), reverse("orders:refund_step", args=[refund.pk, "ambil"]), is_ours=True, takes=True)
    return Step(words, ACTIONS[step], url, is_ours=True) if step in ACTIONS else look(words, url)


TO_APPROVE = Kind(
    code="persetujuan",
    label=_("Persetujuan kedua"),
    tab="finance",
    since="requested_at",
    open=lambda: _open(S.REQUESTED),
    free=_to_decide,
    told=_told,
    urgent_after=timedelta(days=1),
)
TO_PAY = Kind(
    code="pengembalian",
    label=_("Pengembalian"),
    tab="finance",
    since="requested_at",
    open=lambda: _open(*Refund.PAYABLE),
    free=_to_transfer,
    told=_told,
    urgent_after=timedelta(days=3),
)
