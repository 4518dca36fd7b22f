"""Payments in finance's list: proofs of transfers, what the provider says otherwise, orders whose money the bank took back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.money import rupiah
from bebeli.orders.models import Order, Suspicion, TransferProof
from bebeli.orders.waiting.kind import Case, Kind, Reader, Step, Words, for_reader, held_by, look

OTHERS = _("Menunggu petugas lain")


def _free(user_id: int) -> Q:
    is_free = Q(looked_until=None) | Q(looked_by=user_id) | Q(looked_until__lte=clock.now())
    return is_free & ~Q(attempt__payment__purchase__buyer=user_id)


def _step(case: TransferProof | Suspicion, reader: Reader, url: str, take: str) -> Step:
    if case.attempt.payment.purchase.buyer_id == reader.user_id:
        return look(OTHERS, url)
    if case.is_taken_from(reader.user_id):
        return look(_("Diperiksa petugas lain"), url)
    if case.is_taken:
        return Step(_("Anda periksa"), _("Lanjutkan"), url, is_ours=True)
    return for_reader(Step(_("Perlu diperiksa"), _("Periksa"), take, is_ours=True, takes=True), reader, url)


def _holder(case: TransferProof | Suspicion) -> str:
    looker = case.looked_by if case.is_taken else None
    return held_by(looker.first_name or looker.email, case.looked_until) if looker else ""


def _transfers_told(proofs: Sequence[TransferProof], reader: Reader) -> list[Case]:
    return [_transfer(proof, reader) for proof in proofs]


def _transfer(proof: TransferProof, reader: Reader) -> Case:
    url = reverse("orders:transfer", args=[proof.pk])
    purchase = proof.attempt.payment.purchase
    seen = _now("masuk %(amount)s") % {"amount": rupiah(proof.amount_seen)} if proof.amount_seen else ""
    closed = "" if purchase.is_awaiting_payment else _now("pembelian sudah dibatalkan")
    return Case(
        pk=proof.pk,
        since=proof.uploaded_at,
        name=purchase.code,
        about=" · ".join(part for part in (purchase.recipient, seen, closed) if part),
        amount=proof.attempt.gross,
        url=url,
        step=_step(proof, reader, url, reverse("orders:transfer_step", args=[proof.pk, "ambil"])),
        holder=_holder(proof),
    )


def _doubts_told(cases: Sequence[Suspicion], reader: Reader) -> list[Case]:
    return [_doubt(case, reader) for case in cases]


def _doubt(case: Suspicion, reader: Reader) -> Case:
    url = reverse("orders:suspicion", args=[case.pk])
    return Case(
        pk=case.pk,
        since=case.found_at,
        name=case.attempt.code,
        about=said_of(case),
        amount=case.expected,
        url=url,
        step=_step(case, reader, url, reverse("orders:suspicion_step", args=[case.pk, "ambil"])),
        holder=_holder(case),
    )


def said_of(case: Suspicion) -> Words:
    """Say what the provider says otherwise."""
    if not case.is_ours:
        return _("penerimanya bukan kita")
    if not case.is_rupiah:
        return _now("penyedia menyebut %(amount)s %(currency)s") % {"amount": case.amount, "currency": case.currency}
    if case.amount != case.expected:
        return _now("penyedia menyebut %(amount)s") % {"amount": rupiah(case.amount)}
    return _("uang masuk lagi setelah dibalik")


def _held_told(orders: Sequence[Order], reader: Reader) -> list[Case]:
    return [_held(order, reader) for order in orders]


def _held(order: Order, reader: Reader) -> Case:
    url = reverse("orders:money", args=[order.code])
    is_own = order.purchase.buyer_id == reader.user_id
    step = look(OTHERS, url) if is_own else Step(_("Perlu keputusan"), _("Periksa lalu putuskan"), url, is_ours=True)
    return Case(
        pk=order.pk,
        since=order.held_at,  # type: ignore[attr-defined]  # annotated by `held()`
        name=order.code,
        about=f"{order.seller.name} · {_now('bank pembeli menarik kembali uangnya')}",
        amount=order.rest_of_buyer,
        url=url,
        step=for_reader(step, reader, url),
    )


TRANSFERS = Kind(
    code="transfer",
    label=_("Transfer manual"),
    tab="transfers",
    since="uploaded_at",
    open=lambda: TransferProof.objects.open().select_related("attempt__payment__purchase__buyer", "looked_by"),
    free=_free,
    told=_transfers_told,
    urgent_after=timedelta(days=1),
)
DOUBTS = Kind(
    code="diperiksa",
    label=_("Pembayaran diperiksa"),
    tab="finance",
    since="found_at",
    open=lambda: Suspicion.objects.open().select_related("attempt__payment__purchase", "looked_by"),
    free=_free,
    told=_doubts_told,
    urgent_after=timedelta(days=1),
)
HELD = Kind(
    code="ditahan",
    label=_("Pesanan ditahan"),
    tab="finance",
    since="held_at",
    open=lambda: Order.objects.held().select_related("seller", "purchase"),
    free=lambda user_id: ~Q(purchase__buyer=user_id),
    told=_held_told,
    urgent_after=timedelta(days=3),
)
