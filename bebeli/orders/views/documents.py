"""One document on screen and as a PDF, for everybody whose paper it is; and the public check of a paper's number."""

from __future__ import annotations

import segno
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from bebeli.accounts import roles
from bebeli.kit import language, sheets
from bebeli.kit.access import public
from bebeli.kit.throttle import limited
from bebeli.orders.documents.months import table_of
from bebeli.orders.documents.press import as_pdf
from bebeli.orders.documents.sheet import check_url, sheet_of
from bebeli.orders.models import Document
from bebeli.orders.models.document import of_sellers_people
from bebeli.orders.views import finding
from bebeli.sellers.models import Seller


def readable(request: HttpRequest) -> QuerySet[Document]:
    """The documents this browser may read: its purchases', its stalls'; finance and auditors read all."""
    user_id = request.user.pk or 0
    if user_id and (roles.is_finance(user_id) or roles.is_auditor(user_id)):
        return Document.objects.whole()
    bought = finding.purchases(request)
    mine = Q(order__purchase__in=bought) | Q(purchase__in=bought)
    return Document.objects.whole().filter(mine | of_sellers_people(user_id))


def _find(request: HttpRequest, code: str) -> Document:
    return get_object_or_404(readable(request), code=code.upper())


def _asked(request: HttpRequest) -> str:
    said = request.GET.get("bahasa", "")
    return said if said in language.LANGUAGES else language.now()


def _back(request: HttpRequest, found: Document) -> str:
    """Where a reader of this document comes from: the stall's documents, the office's search, one's own order or purchase."""
    user_id = request.user.pk or 0
    if Seller.objects.run_by(user_id).filter(pk=found.seller_id or 0).exists():
        return reverse("orders:desk_documents")
    if roles.is_finance(user_id) or roles.is_auditor(user_id):
        return reverse("orders:archive")
    if found.purchase is not None:
        return reverse("orders:purchase", args=[found.purchase.code])
    return reverse("orders:order", args=[found.order.code]) if found.order else reverse("orders:archive")


def as_file(content: bytes, name: str) -> HttpResponse:
    """Answer a PDF to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@public
@require_GET
@never_cache
def document(request: HttpRequest, code: str) -> HttpResponse:
    """A document to read and to print; a paper about a month also as a file with `bentuk=csv` or `bentuk=xlsx`."""
    found, wanted = _find(request, code), _asked(request)
    if wanted != language.now():
        return redirect(language.in_language(request.path, wanted))
    form = sheets.FORMS.get(request.GET.get("bentuk", ""))
    if form is not None and found.month is not None:
        return form(found.code.lower(), *table_of(found))
    qr = segno.make(check_url(found), error="m", micro=False).svg_data_uri(scale=3, border=1)
    context = {"document": found, "sheet": sheet_of(found), "qr": qr, "back": _back(request, found)}
    return render(request, "orders/document.html", context)


@public
@require_GET
@never_cache
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a PDF; `?bahasa=en` in English."""
    found = _find(request, code)
    with override(_asked(request)):
        return as_file(as_pdf([sheet_of(found)]), found.code)


@public
@require_GET
@never_cache
@limited("check", account=120, network=60, method="GET")
def check(request: HttpRequest, code: str, digest: str) -> HttpResponse:
    """Tell anybody who holds a paper whether it is genuine: number, date, amount, hash, standing. Nothing else."""
    found = Document.objects.whole().filter(code=code.upper(), sha256__startswith=digest).first()
    response = render(request, "orders/check.html", {"document": found}, status=200 if found else 404)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
