"""Finance: what is charged from when, who scheduled it, and the letters that free a maker from income tax."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bebeli.catalog.models import Category
from bebeli.kit import clock
from bebeli.kit.access import role
from bebeli.kit.errors import InvalidInput
from bebeli.kit.paging import page
from bebeli.orders.actions.record_tax_letter import LetterWish, end_tax_letter, record_tax_letter
from bebeli.orders.actions.schedule_rate import RateWish, schedule_rate, withdraw_rate
from bebeli.orders.models import Rate, TaxLetter
from bebeli.orders.models.rate import ENDLESS, SWITCHES
from bebeli.orders.views.answer import Errors, act
from bebeli.orders.views.reading import may_act

HISTORY = 50
LETTERS = 50
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
WHOLE = frozenset({Rate.Kind.SERVICE_FEE, *SWITCHES})
LOADED = ("seller", "category", "scheduled_by", "withdrawn_by")
NOT_A_NUMBER = -1


@role("books")
@require_GET
def rates(request: HttpRequest) -> HttpResponse:
    """What holds today, what is scheduled, what was."""
    return _show(request, {})


def _show(request: HttpRequest, errors: Errors) -> HttpResponse:
    today = clock.today()
    holding = list(Rate.objects.begun(today).select_related(*LOADED))
    ahead = Rate.objects.filter(valid_from__gt=today).select_related(*LOADED).order_by("valid_from", "pk")
    past = Rate.objects.filter(valid_from__lte=today).exclude(pk__in=[rate.pk for rate in holding])
    letters = TaxLetter.objects.filter(valid_until__gte=today).select_related("seller")
    context = {
        "holding": holding,
        "ahead": list(ahead[:HISTORY]),
        "past": list(past.select_related(*LOADED).order_by("-valid_from", "-pk")[:HISTORY]),
        "letters": page(letters, ("id",), request.GET.get("surat", ""), LETTERS),
        "kinds": Rate.Kind.choices,
        "letter_kinds": TaxLetter.Kind.choices,
        "categories": Category.objects.order_by("path"),
        "said": request.POST,
        "errors": errors,
        "may_act": may_act(request),
        "here": "rates",
    }
    return render(request, "orders/rates.html", context, status=422 if errors else 200)


def day_of(text: str, field: str) -> date:
    """Return the day that a date field sends; raises InvalidInput."""
    try:
        return clock.day_named(text if DAY.fullmatch(text) else "")
    except ValueError as error:
        raise InvalidInput("bad_day", _("Pilih tanggalnya."), field=field) from error


def value_of(kind: str, text: str) -> int:
    """Return basis points of `5`, `2,5` or `0.25` percent, or the whole number of a fee or switch; -1 for anything else."""
    if kind in WHOLE:
        digits = text.replace(".", "").replace("Rp", "").strip()
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else NOT_A_NUMBER  # noqa: PLR2004  fits
    try:
        points = Decimal(text.strip().removesuffix("%").strip().replace(",", ".")[:12]) * 100
    except InvalidOperation:
        return NOT_A_NUMBER
    return int(points) if points.is_finite() and points == points.to_integral_value() and abs(points) < 10**9 else NOT_A_NUMBER


def _said(request: HttpRequest, name: str, most: int = 80) -> str:
    return request.POST.get(name, "").replace("\0", "").strip()[:most]


@role("finance")
@require_POST
def schedule(request: HttpRequest) -> HttpResponse:
    """Schedule a rate."""

    def call() -> Rate:
        kind = _said(request, "jenis")
        start = day_of(_said(request, "mulai"), "mulai")
        wish = RateWish(
            kind, value_of(kind, _said(request, "nilai")), start, _said(request, "penjual"), _said(request, "kategori")
        )
        return schedule_rate(wish, request.user.pk or 0)

    done = _("Tarif dijadwalkan. Pesanan yang sudah dibuat tidak berubah.")
    return act(request, call, done, reverse("orders:rates"), lambda errors: _show(request, errors))


@role("finance")
@require_POST
def withdraw(request: HttpRequest, rate_id: int) -> HttpResponse:
    """Take one back that has not begun."""
    found = get_object_or_404(Rate, pk=rate_id)
    done = _("Jadwal tarif ditarik.")
    return act(request, lambda: withdraw_rate(found.pk, request.user.pk or 0), done, reverse("orders:rates"))


@role("finance")
@require_POST
def letter(request: HttpRequest) -> HttpResponse:
    """Write a maker's tax letter down."""

    def call() -> TaxLetter:
        kind, last = _said(request, "surat"), _said(request, "sampai")
        first, endless = day_of(_said(request, "dari"), "dari"), kind == TaxLetter.Kind.VAT and not last
        until = ENDLESS if endless else day_of(last, "sampai")
        wish = LetterWish(_said(request, "toko"), kind, _said(request, "nomor"), first, until)
        return record_tax_letter(wish, request.user.pk or 0)

    return act(request, call, _("Surat dicatat."), reverse("orders:rates"), lambda errors: _show(request, errors))


@role("finance")
@require_POST
def end_letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """A letter holds no longer."""
    found = get_object_or_404(TaxLetter, pk=letter_id)
    done = _("Surat diakhiri. Penjualan mulai besok dihitung tanpa surat ini.")
    return act(request, lambda: end_tax_letter(found.pk, request.user.pk or 0), done, reverse("orders:rates"))
