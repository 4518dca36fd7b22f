"""Payouts in finance's list that need a person, and sellers' bank accounts whose names do not agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.orders import couriers, payout_steps
from bebeli.orders.models import BankAccount, Payout, PayoutApproval
from bebeli.orders.waiting.kind import Case, Condition, Kind, Reader, Step, for_reader, held_by, look
from bebeli.sellers.models import Membership

ASK_THE_BANK = _("Perlu orang: tanyakan ke bank")


def _free(user_id: int) -> Condition:
    own = Payout.objects.made_by(user_id).filter(pk=OuterRef("pk"))
    agreed = PayoutApproval.objects.filter(payout=OuterRef("pk"), by=user_id)
    is_free = Q(taken_at=None) | Q(taken_by=user_id) | Q(taken_at__lte=clock.now() - Payout.KEPT)
    return is_free & ~Exists(own) & (~Q(state=Payout.State.REQUESTED) | ~Exists(agreed))


def _told(payouts: Sequence[Payout], reader: Reader) -> list[Case]:
    steps = payout_steps.steps_of(payouts, reader.user_id)
    return [_case(payout, step, reader) for payout, step in zip(payouts, steps, strict=True)]


def _case(payout: Payout, step: str, reader: Reader) -> Case:
    url = reverse("orders:payout", args=[payout.pk])
    holder = payout.taken_by if payout.is_taken else None
    return Case(
        pk=payout.pk,
        since=payout.paid_after_at if payout.is_ours_to_owe and payout.paid_after_at else payout.requested_at,
        name=payout.seller.name,
        about=f"{payout.key} · {payout.get_state_display()} · {payout.get_channel_display()}",
        amount=payout.amount,
        url=url,
        step=for_reader(_step(payout, step, url), reader, url),
        holder=held_by(holder.first_name or holder.email, payout.taken_until) if holder else "",
    )


def _step(payout: Payout, step: str, url: str) -> Step:
    words = ASK_THE_BANK if payout.needs_a_person and step in {"take", "pay"} else payout_steps.WORDS[step]
    if step == "approve":
        return Step(words, _("Periksa lalu putuskan"), url, is_ours=True)
    if step == "file":
        return Step(words, _("Buat berkas bank"), f"{reverse('orders:payouts')}#berkas", is_ours=True)
    if step == "take":
        return Step(words, _("Kerjakan"), reverse("orders:payout_step", args=[payout.pk, "ambil"]), is_ours=True, takes=True)
    actions = {"pay": _("Catat hasilnya"), "owe": _("Bukukan")}
    return Step(words, actions[step], url, is_ours=True) if step in actions else look(words, url)


def _accounts_told(accounts: Sequence[BankAccount], reader: Reader) -> list[Case]:
    ids = [account.seller_id for account in accounts]
    own = set(Membership.objects.filter(user=reader.user_id, seller__in=ids).values_list("seller_id", flat=True))
    return [_account(account, reader, is_own=account.seller_id in own) for account in accounts]


def _account(account: BankAccount, reader: Reader, *, is_own: bool) -> Case:
    url = f"{reverse('orders:payouts')}?rekening={account.pk}#rekening"
    step = (
        look(_("Menunggu petugas lain"), url)
        if is_own
        else Step(_("Nama di bank berbeda"), _("Periksa lalu putuskan"), url, is_ours=True)
    )
    return Case(
        pk=account.pk,
        since=account.named_at,
        name=account.seller.name,
        about=couriers.bank_name(account.bank_code),
        amount=None,
        url=url,
        step=for_reader(step, reader, url),
    )


PAYOUTS = Kind(
    code="pencairan",
    label=_("Pencairan"),
    tab="payouts",
    since="requested_at",
    open=lambda: Payout.objects.to_do().select_related("seller", "account", "requested_by", "ended_by", "taken_by"),
    free=_free,
    told=_told,
    urgent_after=timedelta(days=1),
)
ARRIVED = Kind(
    code="dobel",
    label=_("Masuk setelah dikembalikan"),
    tab="payouts",
    since="paid_after_at",
    open=lambda: Payout.objects.to_owe().select_related("seller", "account", "taken_by"),
    free=_free,
    told=_told,
    urgent_after=timedelta(days=1),
)
ACCOUNTS = Kind(
    code="rekening",
    label=_("Rekening penjual"),
    tab="payouts",
    since="named_at",
    open=lambda: BankAccount.objects.to_check().select_related("seller"),
    free=lambda user_id: ~Exists(Membership.objects.filter(seller=OuterRef("seller"), user=user_id)),
    told=_accounts_told,
    urgent_after=timedelta(days=2),
)
