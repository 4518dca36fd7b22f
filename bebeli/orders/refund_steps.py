"""The one thing that somebody of finance can do with a refund, or for whom it waits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.orders import returns
from bebeli.orders.models import Refund, RefundWord, TransferProof

KEPT = timedelta(minutes=60)
WORDS: Mapping[str, str | Promise] = {
    "approve": _("Perlu persetujuan kedua"),
    "reconsider": _("Ditolak petugas kedua"),
    "answer": _("Ditolak petugas kedua"),
    "second": _("Perlu persetujuan kedua"),
    "provider": _("Berjalan otomatis"),
    "account": _("Menunggu rekening pembeli"),
    "other_pays": _("Menunggu petugas lain"),
    "own_word": _("Menunggu petugas lain"),
    "taken": _("Dikerjakan petugas lain"),
    "take": _("Perlu ditransfer"),
    "pay": _("Anda kerjakan"),
    "closed": _("Selesai"),
}


def next_step(refund: Refund, user_id: int, answerers: Collection[int] = ()) -> str:
    """Name the one thing that this reader can do, or what is waited for; `answerers` stood up for it after a no."""
    if not refund.is_open:
        return "closed"
    if refund.state == Refund.State.REQUESTED:
        if refund.turned_down_by_id is not None:
            return "reconsider" if refund.turned_down_by_id == user_id else "answer"
        others = {refund.decided_by_id, refund.attempt.payment.purchase.buyer_id, *answerers}
        return "second" if user_id in others else "approve"
    return "provider" if refund.channel == Refund.Channel.PROVIDER else _transfer(refund, user_id)


def _transfer(refund: Refund, user_id: int) -> str:
    if not refund.account_number:
        return "account"
    if refund.needs_second and refund.approved_by_id == user_id:
        return "other_pays"
    if is_own_word(refund, user_id):
        return "own_word"
    if is_anothers(refund, user_id):
        return "taken"
    return "pay" if refund.taken_by_id == user_id else "take"


def is_taken(refund: Refund) -> bool:
    """Tell whether somebody is at it now."""
    return refund.taken_at is not None and refund.taken_at > clock.now() - KEPT


def is_anothers(refund: Refund, user_id: int) -> bool:
    """Tell whether somebody else is at it now."""
    return is_taken(refund) and refund.taken_by_id != user_id


def is_own_word(refund: Refund, user_id: int) -> bool:
    """Tell whether only this person says that much money came which a rule gives back: nobody else has seen it."""
    if refund.needs_second or not returns.is_much(refund.amount):
        return False
    return any(
        proof.decided_by_id == user_id and proof.state == TransferProof.State.ACCEPTED for proof in refund.attempt.proofs.all()
    )


def answerers_of(refunds: Sequence[Refund]) -> dict[int, set[int]]:
    """Return by refund who stood up for it after a no: one query for all of them."""
    words = RefundWord.objects.filter(act=RefundWord.Act.ANSWER, refund_id__in=[refund.first_id for refund in refunds])
    found: dict[int, set[int]] = {}
    for first_id, by_id in words.values_list("refund_id", "by_id"):
        found.setdefault(first_id, set()).add(by_id)
    return {refund.pk: found.get(refund.first_id, set()) for refund in refunds}
