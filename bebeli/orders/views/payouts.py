"""Finance: what was paid twice, payouts oldest first, each approved by others than its makers; the bank's file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bebeli.accounts.fresh import factor_first, second_factor_within_minutes, to_second_factor
from bebeli.accounts.models import User
from bebeli.kit import clock
from bebeli.kit.access import role
from bebeli.kit.paging import Page, page
from bebeli.kit.sealed import unseal
from bebeli.orders import account_numbers, bank_file, couriers, ledger, payout_steps, proofs, settlement
from bebeli.orders.actions.approve_payout import approve_payout
from bebeli.orders.actions.batch_payouts import batch_payouts
from bebeli.orders.actions.confirm_bank_account import confirm_bank_account, refuse_bank_account
from bebeli.orders.actions.fail_payout import bounce_payout, fail_payout
from bebeli.orders.actions.find_payout import lose_payout
from bebeli.orders.actions.owe_payout import owe_payout
from bebeli.orders.actions.reject_payout import reject_payout
from bebeli.orders.actions.take_payout import leave_batch, leave_payout, take_batch, take_payout
from bebeli.orders.flows.payout_proof import complete_with_proof, find_with_proof
from bebeli.orders.models import BankAccount, Payout
from bebeli.orders.views.answer import Errors, act
from bebeli.orders.views.reading import may_act

CASES, FILES = 20, 20
OF_A_FILE = ("batch", "taken_by", "taken_at")
FILE_DONE = {
    "ambil": _("Berkas ini Anda kerjakan. Unduh, transfer, lalu catat buktinya satu per satu."),
    "lepas": _("Berkasnya dilepas. Petugas lain bisa mengerjakannya."),
}
DONE = {
    "ambil": _("Pencairan ini Anda kerjakan."),
    "lepas": _("Dilepas. Petugas lain bisa mengerjakannya."),
    "setuju": _("Persetujuan Anda dicatat."),
    "tolak": _("Pencairan ditolak. Uangnya kembali ke saldo penjual."),
    "selesai": _("Transfer dicatat dan penjual dikabari."),
    "gagal": _("Dicatat gagal. Uangnya kembali ke saldo penjual."),
    "bukukan": _("Dibukukan dan penjual dikabari."),
    "ternyata": _("Dicatat. Petugas lain yang membukukannya."),
    "bukan": _("Dicatat. Uangnya tidak masuk, jadi tidak ada yang dibukukan lagi."),
    "kembali": _("Dicatat kembali dari bank. Uangnya ada di saldo penjual lagi."),
}


@role("books")
@require_GET
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """What was paid twice, then what waits, oldest first; accounts whose names do not agree; files for the bank."""
    acts = may_act(request)
    rows = Payout.objects.open().select_related(*payout_steps.LOADED).prefetch_related("approvals")
    found = page(rows, ("requested_at", "id"), request.GET.get("cursor", ""), CASES)
    late = Payout.objects.to_owe().select_related(*payout_steps.LOADED).prefetch_related("approvals")
    by_hand = Payout.objects.filter(channel=Payout.Channel.BANK_FILE, state=Payout.State.APPROVED)
    wanted = request.GET.get("rekening", "")[:18]
    files, groups = _files(request.user.pk or 0, request.GET.get("berkas", ""))
    context = {
        "page": found,
        "cases": _with_steps(found.rows, request.user.pk or 0),
        "twice": _with_steps(list(late[:CASES]), request.user.pk or 0),
        "accounts": [_opened(account, may_act=acts) for account in _accounts(wanted)],
        "is_one_account": bool(wanted),
        "may_act": acts,
        "to_transfer": by_hand.count(),
        "files": files,
        "groups": groups,
        "is_direct": settlement.is_direct(),
        "here": "payouts",
    }
    return render(request, "orders/payouts.html", context)


def _with_steps(rows: list[Payout], user_id: int) -> list[tuple[Payout, str]]:
    return list(zip(rows, payout_steps.steps_of(rows, user_id), strict=True))


def _accounts(wanted: str) -> list[BankAccount]:
    """Return those whose names do not agree, oldest first, or the one that is asked for."""
    rows = BankAccount.objects.to_check().select_related("seller").order_by("named_at", "pk")
    if wanted.isdecimal():
        rows = rows.filter(pk=int(wanted))
    return list(rows[:CASES])


def _files(user_id: int, cursor: str) -> tuple[Page[Payout], list[dict[str, Any]]]:
    """Return a page of the bank's files that still hold something, and what they hold by who is at it, oldest first."""
    files = page(Payout.objects.in_files().distinct("batch"), ("batch",), cursor, FILES)
    held = Payout.objects.in_files().filter(batch__in=[row.batch for row in files.rows])
    groups = held.values(*OF_A_FILE).annotate(many=Count("pk"), total=Sum("amount"))
    rows: list[dict[str, Any]] = list(groups.order_by("batch", "taken_at", "taken_by"))
    people = User.objects.in_bulk({row["taken_by"] for row in rows} - {None})
    for row in rows:
        row["holder"] = people.get(row["taken_by"])
        row["until"] = row["taken_at"] + Payout.KEPT if row["taken_at"] else None
        row["is_mine"] = row["taken_by"] == user_id
        row["is_kept"] = row["until"] is not None and row["until"] > clock.now()
    return files, rows


def _opened(account: BankAccount, *, may_act: bool) -> dict[str, object]:
    """Open what is sealed."""
    return {
        "row": account,
        "bank": couriers.bank_name(account.bank_code),
        "number": account_numbers.opened(account.number, may_act=may_act),
        "name": unseal(account.name),
        "holder": unseal(account.holder),
    }


@role("books")
@require_GET
@never_cache
def case(request: HttpRequest, payout_id: int) -> HttpResponse:
    """One payout with its story."""
    return _show(request, _find(payout_id), {})


def _find(payout_id: int) -> Payout:
    return get_object_or_404(Payout.objects.select_related(*payout_steps.LOADED), pk=payout_id)


def _show(request: HttpRequest, payout: Payout, errors: Errors) -> HttpResponse:
    acts = may_act(request)
    [next_step] = payout_steps.steps_of([payout], request.user.pk or 0)
    context = {
        "payout": payout,
        "step": next_step if acts else "read",
        "may_act": acts,
        "held": max(ledger.payable_of(payout.seller_id), 0) if payout.is_ours_to_owe else 0,
        "account": _opened(payout.account, may_act=acts),
        "approvals": payout.approvals.select_related("by").order_by("pk"),
        "events": payout.entries.order_by("pk"),
        "factor_first": factor_first(request, reverse("orders:payout", args=[payout.pk])),
        "said": {name: request.POST.get(name, "")[:240] for name in ("alasan", "referensi")},
        "errors": errors,
        "here": "payouts",
    }
    return render(request, "orders/payout.html", context, status=422 if errors else 200)


@role("finance")
@require_POST
def step(request: HttpRequest, payout_id: int, verb: str) -> HttpResponse:
    """Answer a case; whatever moves money asks for the second factor first."""
    payout = _find(payout_id)
    back = reverse("orders:payout", args=[payout.pk])
    if verb not in {"tolak", "lepas"} and not second_factor_within_minutes(request):
        return to_second_factor(request, back)
    user = request.user.pk or 0
    why, number = (request.POST.get(name, "")[:240].replace("\0", "") for name in ("alasan", "referensi"))
    sent = request.FILES.get("bukti")
    calls: dict[str, Callable[[], object]] = {
        "setuju": lambda: approve_payout(payout.pk, user),
        "tolak": lambda: reject_payout(payout.pk, user, why),
        "ambil": lambda: take_payout(payout.pk, user),
        "lepas": lambda: leave_payout(payout.pk, user),
        "selesai": lambda: complete_with_proof(payout.pk, user, number, sent),
        "gagal": lambda: fail_payout(payout.pk, user, why),
        "kembali": lambda: bounce_payout(payout.pk, user, why),
        "ternyata": lambda: find_with_proof(payout.pk, user, number, sent),
        "bukan": lambda: lose_payout(payout.pk, user, why),
        "bukukan": lambda: owe_payout(payout.pk, user),
    }
    return act(request, calls[verb], str(DONE[verb]), back, lambda errors: _show(request, _find(payout.pk), errors))


@role("books")
@require_GET
def file(_request: HttpRequest, payout_id: int) -> HttpResponse:
    """The proof of a transfer made by hand."""
    payout = _find(payout_id)
    if not payout.proof:
        raise Http404
    return proofs.answer_file(payout.proof, f"bukti-pencairan-{payout.pk}.pdf")


@role("finance")
@require_POST
def make_file(request: HttpRequest) -> HttpResponse:
    """Put what is approved into one file for the bank, in the hands of whoever asks for it."""
    back = reverse("orders:payouts")
    if not second_factor_within_minutes(request):
        return to_second_factor(request, back)
    done = str(_("Berkas bank dibuat. Unduh, transfer, lalu catat buktinya satu per satu."))
    return act(request, lambda: batch_payouts(request.user.pk or 0), done, back)


@role("finance")
@require_POST
def file_step(request: HttpRequest, batch: str, verb: str) -> HttpResponse:
    """Take what is free of a file, or let go of it."""
    back = reverse("orders:payouts")
    if verb != "lepas" and not second_factor_within_minutes(request):
        return to_second_factor(request, back)
    move = take_batch if verb == "ambil" else leave_batch
    return act(request, lambda: move(batch, request.user.pk or 0), str(FILE_DONE[verb]), back)


@role("finance")
@require_GET
@never_cache
def download(request: HttpRequest, batch: str) -> HttpResponse:
    """One file for the bank: what of it its reader took and has not recorded yet, so that no two transfer the same."""
    mine = Payout.objects.in_files().filter(batch=batch, taken_by=request.user.pk or 0)
    rows = list(mine.select_related("account").order_by("pk"))
    if not rows:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{rows[0].batch}.csv"', "Cache-Control": proofs.PRIVATE}
    return HttpResponse(bank_file.table(rows), content_type="text/csv; charset=utf-8", headers=headers)


@role("finance")
@require_POST
def decide_account(request: HttpRequest, account_id: int, verb: str) -> HttpResponse:
    """Decide about an account whose names do not agree."""
    found = get_object_or_404(BankAccount, pk=account_id)
    back = reverse("orders:payouts")
    if not second_factor_within_minutes(request):
        return to_second_factor(request, back)
    why = request.POST.get("alasan", "")[:240].replace("\0", "")
    decide = confirm_bank_account if verb == "sahkan" else refuse_bank_account
    return act(request, lambda: decide(found.pk, request.user.pk or 0, why), str(_("Keputusan tentang rekening dicatat.")), back)
