"""The desk of campaigns that the regency or the platform pays."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bebeli.kit.access import role
from bebeli.kit.paging import page
from bebeli.vouchers import payers
from bebeli.vouchers.actions.change_voucher import change_voucher
from bebeli.vouchers.actions.make_voucher import make_voucher
from bebeli.vouchers.forms import VoucherForm, initial_of
from bebeli.vouchers.models import Voucher
from bebeli.vouchers.views.shown import DESK, ROWS, case_of, moved, tried, uses_file


def _one(code: str) -> Voucher:
    return get_object_or_404(Voucher.objects.of_the_house(), code=code)


def _mine(request: HttpRequest, code: str) -> Voucher:
    """Find one whose money this person may promise."""
    mine = Voucher.objects.of_the_house().filter(payer__in=payers.purses_of(request.user.pk or 0))
    return get_object_or_404(mine, code=code)


def _context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    user_id = request.user.pk or 0
    may_act, is_at_finance = payers.makes_vouchers(user_id), payers.is_at_finance(user_id)
    return {"names": DESK, "here": "vouchers", "may_act": may_act, "is_at_finance": is_at_finance, **more}


@role("reads_vouchers")
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """All campaigns, newest first, with what they used of their limits."""
    found = page(Voucher.objects.of_the_house(), ("-id",), request.GET.get("cursor", ""), ROWS)
    return render(request, "vouchers/list.html", _context(request, page=found))


@role("vouchers")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make one."""
    user_id = request.user.pk or 0
    form = VoucherForm(payers.purses_of(user_id), request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: make_voucher(form.value(), user_id))
        if made is not None:
            messages.success(request, _("Voucher %(code)s dibuat.") % {"code": made.code})
            return redirect("vouchers:voucher", code=made.code)
    return render(request, "vouchers/new.html", _context(request, form=form), status=422 if form.errors else 200)


@role("reads_vouchers")
@require_GET
def voucher(request: HttpRequest, code: str) -> HttpResponse:
    """One campaign: what it says, what it used, and whose purchases."""
    found = _one(code)
    context = _context(request, **case_of(found, request.GET.get("cursor", "")))
    context["may_act"] = found.payer in payers.purses_of(request.user.pk or 0)
    return render(request, "vouchers/voucher.html", context)


@role("vouchers")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Change what one says, while nobody used it."""
    found = _mine(request, code)
    form = VoucherForm(frozenset({found.payer}), request.POST or None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: change_voucher(found.pk, form.value()))
        if made is not None:
            messages.success(request, _("Perubahan disimpan."))
            return redirect("vouchers:voucher", code=made.code)
    context = _context(request, form=form, voucher=found)
    return render(request, "vouchers/new.html", context, status=422 if form.errors else 200)


@role("vouchers")
@require_POST
def step(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Pause, resume or end one."""
    found = _mine(request, code)
    moved(request, found, verb)
    return redirect("vouchers:voucher", code=found.code)


@role("reads_vouchers")
@require_GET
def file(request: HttpRequest, code: str) -> HttpResponse:
    """Its uses as a file."""
    del request
    return uses_file(_one(code))
