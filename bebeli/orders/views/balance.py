"""A stall's money: what it has, what is coming, asking for it, and on which day by itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bebeli.kit.access import role
from bebeli.kit.paging import page
from bebeli.orders import balance, settlement
from bebeli.orders.actions.plan_payouts import WEEKDAYS, plan_payouts
from bebeli.orders.actions.request_payout import request_payout
from bebeli.orders.models import Order, Payout
from bebeli.orders.payout_wording import shown
from bebeli.orders.views.answer import Errors, act
from bebeli.orders.views.transfers import amount_of
from bebeli.sellers.models import Seller

ROWS, LATEST = 20, 10


def stall_of(request: HttpRequest) -> Seller:
    """Return the stall that is asked about, the first one otherwise; whoever owns none finds nothing."""
    mine = balance.owned(request.user.pk)
    slug = request.GET.get("toko", "") or request.POST.get("toko", "")
    found = get_object_or_404(mine, slug=slug) if slug else mine.first()
    return found or get_object_or_404(mine, pk=0)


def here(stall: Seller, name: str = "orders:balance") -> str:
    """Return a page's address for one stall."""
    return f"{reverse(name)}?{urlencode({'toko': stall.slug})}"


@role("seller")
@require_GET
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Everything about one stall's money."""
    return _show(request, stall_of(request), {})


def _show(request: HttpRequest, stall: Seller, errors: Errors) -> HttpResponse:
    coming = page(balance.coming_to(stall), ("ends_by", "id"), request.GET.get("datang", ""), ROWS)
    standing = balance.of(stall, coming.rows)
    done = Order.objects.filter(seller=stall, status=Order.Status.COMPLETED)
    found = page(done, ("-closed_at", "-id"), request.GET.get("cursor", ""), ROWS)
    payouts = Payout.objects.filter(seller=stall).select_related("account").order_by("-pk")[:LATEST]
    context = {
        "balance": standing,
        "coming": coming,
        "seller": stall,
        "stalls": list(balance.owned(request.user.pk)),
        "page": found,
        "earnings": [balance.earning_of(order) for order in found.rows],
        "payouts": [(payout, shown(payout.account)) for payout in payouts],
        "account": shown(standing.account) if standing.account else "",
        "is_direct": settlement.is_direct(),
        "weekdays": list(enumerate(WEEKDAYS)),
        "said": request.POST.get("jumlah", "")[:30],
        "query": urlencode({"toko": stall.slug}),
        "errors": errors,
    }
    return render(request, "orders/balance.html", context, status=422 if errors else 200)


@role("seller")
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the balance, or a part of it."""
    stall = stall_of(request)
    said = request.POST.get("jumlah", "")[:40].strip()
    amount = amount_of(said) if said else None
    return act(
        request,
        lambda: request_payout(stall.pk, request.user.pk or 0, amount),
        _("Permintaan pencairan dicatat. Keuangan memeriksanya dulu."),
        here(stall),
        lambda errors: _show(request, stall, errors),
    )


@role("seller")
@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """Choose the weekday on which it is paid out by itself, or none."""
    stall = stall_of(request)
    said = request.POST.get("hari", "")
    weekday = int(said) if said.isascii() and said.isdigit() and len(said) == 1 else None
    return act(
        request, lambda: plan_payouts(stall.pk, request.user.pk or 0, weekday), _("Jadwal pencairan disimpan."), here(stall)
    )
