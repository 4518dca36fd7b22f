"""The trial balance of a day, the ledger of an account, an order's money story; each also as a file with the same rows."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bebeli.accounts.fresh import factor_first
from bebeli.kit import clock, sheets
from bebeli.kit.access import public, role
from bebeli.kit.moment import one_moment
from bebeli.kit.paging import page
from bebeli.orders import statements, story
from bebeli.orders.actions.short import GOODS
from bebeli.orders.models import Account, Entry, Order
from bebeli.orders.views import finding
from bebeli.orders.views.answer import Errors
from bebeli.orders.views.heads import LEDGER, TRIAL
from bebeli.orders.views.reading import may_act

ROWS = 50


def _day(request: HttpRequest, name: str, default: date | None) -> date | None:
    try:
        return clock.day_named(request.GET.get(name, ""))
    except ValueError:
        return default


@role("books")
@require_GET
def trial(request: HttpRequest) -> HttpResponse:
    """Where every account stood at the end of a day."""
    day = _day(request, "tanggal", None) or clock.today()
    rows = statements.trial_balance(day)
    debit, credit = sum(row.debit for row in rows), sum(row.credit for row in rows)
    form = sheets.FORMS.get(request.GET.get("bentuk", ""))
    if form is not None:
        cells = [(row.name, row.debit, row.credit) for row in rows]
        return form(f"neraca-{day.isoformat()}", [str(word) for word in TRIAL], cells)
    address = f"?tanggal={day.isoformat()}"
    context = {"day": day, "rows": rows, "debit": debit, "credit": credit, "address": address, "here": "ledger"}
    return render(request, "orders/trial.html", context)


@role("books")
@require_GET
def ledger(request: HttpRequest, kind: str) -> HttpResponse:
    """One account's postings, newest first, with where it stood after each."""
    if kind not in Account.Kind.values:
        raise Http404
    first, last = _day(request, "dari", None), _day(request, "sampai", None) or clock.today()
    seller = request.GET.get("toko", "")[:80].replace("\0", "")
    rows = statements.postings(kind, seller, first, last)
    whole = statements.postings(kind, seller, None, last)
    said = {"dari": first.isoformat() if first else "", "sampai": last.isoformat(), "toko": seller}
    wanted = request.GET.get("bentuk", "")
    if wanted == "xlsx" and rows[: sheets.MOST_ROWS + 1].count() > sheets.MOST_ROWS:
        messages.error(request, _("Barisnya lebih dari yang muat di satu XLSX. Persempit tanggalnya, atau unduh CSV."))
        return redirect(f"{request.path}?{urlencode(said)}")
    if wanted in sheets.FORMS:
        with one_moment():
            cells = (
                (m.at, m.entry, m.kind, m.order, m.seller, m.debit, m.credit, m.balance)
                for m in statements.all_movements(rows, whole)
            )
            return sheets.FORMS[wanted](f"buku-besar-{kind}", [str(word) for word in LEDGER], cells)
    shown = page(rows, ("-id",), request.GET.get("cursor", ""), ROWS)
    context = {
        "kind": kind,
        "name": Account.Kind(kind).label,
        "page": shown,
        "rows": statements.movements(shown.rows, whole),
        "said": said,
        "query": urlencode(said),
        "address": f"?{urlencode(said)}",
        "most": sheets.MOST_ROWS,
        "here": "ledger",
    }
    return render(request, "orders/ledger.html", context)


@role("books")
@require_GET
def money(request: HttpRequest, code: str) -> HttpResponse:
    """One order's money, whole: the buyer's part, the maker's, and the entries behind them."""
    return show_money(request, get_object_or_404(Order.objects.select_related("seller", "purchase"), code=code.upper()), {})


def show_money(request: HttpRequest, order: Order, errors: Errors) -> HttpResponse:
    """An order's money, with what an officer may decide about the order."""
    entries = Entry.objects.filter(postings__order=order) | Entry.objects.filter(order=order)
    context = {
        "order": order,
        "buyer": story.of_buyer(order),
        "seller": story.of_seller(order),
        "entries": entries.distinct().order_by("pk").prefetch_related("postings__account__seller"),
        "refunds": order.refunds.order_by("pk"),
        "may_act": may_act(request),
        "goods": GOODS,
        "factor_first": factor_first(request, reverse("orders:money", args=[order.code])),
        "said": request.POST,
        "errors": errors,
        "here": "ledger",
    }
    return render(request, "orders/money.html", context, status=422 if errors else 200)


@role("seller")
@require_GET
def of_seller(request: HttpRequest, code: str) -> HttpResponse:
    """What the maker gets of an order, and why."""
    order = get_object_or_404(Order.objects.of_seller(request.user.pk).select_related("seller", "purchase"), code=code.upper())
    return render(request, "orders/money.html", {"order": order, "seller": story.of_seller(order)})


@public
@require_GET
def of_buyer(request: HttpRequest, code: str) -> HttpResponse:
    """What the buyer paid of an order, and what came back."""
    order = finding.order(request, code)
    return render(request, "orders/money.html", {"order": order, "buyer": story.of_buyer(order)})
