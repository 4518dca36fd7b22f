"""A maker's own vouchers, which the stall pays."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bebeli.kit.access import role
from bebeli.kit.paging import page
from bebeli.sellers.models import Seller
from bebeli.vouchers.actions.change_voucher import change_voucher
from bebeli.vouchers.actions.make_voucher import make_sellers_voucher
from bebeli.vouchers.forms import VoucherForm, initial_of
from bebeli.vouchers.models import Voucher
from bebeli.vouchers.views.shown import MINE, ROWS, case_of, moved, tried, uses_file

NOBODY: frozenset[str] = frozenset()


def _one(request: HttpRequest, code: str) -> Voucher:
    return get_object_or_404(Voucher.objects.of_seller(request.user.pk), code=code)


def _context(**more: Any) -> dict[str, Any]:
    return {"names": MINE, "here": "vouchers", "may_act": True, "is_mine": True, **more}


@role("seller")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """One's own vouchers, newest first."""
    found = page(Voucher.objects.of_seller(request.user.pk), ("-id",), request.GET.get("cursor", ""), ROWS)
    return render(request, "vouchers/list.html", _context(page=found))


@role("seller")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make one."""
    user_id = request.user.pk or 0
    stalls = Seller.objects.run_by(user_id).order_by("pk")
    seller = get_object_or_404(stalls, slug=request.GET["toko"]) if request.GET.get("toko") else stalls[0]
    form = VoucherForm(NOBODY, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: make_sellers_voucher(form.value(), seller.pk, user_id))
        if made is not None:
            messages.success(request, _("Voucher %(code)s dibuat.") % {"code": made.code})
            return redirect("vouchers:my_voucher", code=made.code)
    context = _context(form=form, seller=seller, stalls=list(stalls))
    return render(request, "vouchers/new.html", context, status=422 if form.errors else 200)


@role("seller")
@require_GET
def voucher(request: HttpRequest, code: str) -> HttpResponse:
    """One's own: what it says and what it used."""
    context = _context(**case_of(_one(request, code), request.GET.get("cursor", "")))
    return render(request, "vouchers/voucher.html", context)


@role("seller")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Change what one says, while nobody used it."""
    found = _one(request, code)
    form = VoucherForm(NOBODY, request.POST or None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: change_voucher(found.pk, form.value()))
        if made is not None:
            messages.success(request, _("Perubahan disimpan."))
            return redirect("vouchers:my_voucher", code=made.code)
    return render(request, "vouchers/new.html", _context(form=form, voucher=found), status=422 if form.errors else 200)


@role("seller")
@require_POST
def step(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Pause, resume or end one's own."""
    found = _one(request, code)
    moved(request, found, verb)
    return redirect("vouchers:my_voucher", code=found.code)


@role("seller")
@require_GET
def file(request: HttpRequest, code: str) -> HttpResponse:
    """Its uses as a file."""
    return uses_file(_one(request, code))
