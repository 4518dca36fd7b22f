"""What every side's page of a complaint shows: where it stands, what it is about, what was said, and with which pictures."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from bebeli.accounts import roles
from bebeli.kit.access import public
from bebeli.orders import couriers, proofs
from bebeli.orders.complaint_status import standing
from bebeli.orders.models import Complaint, ComplaintMessage, ComplaintPicture
from bebeli.orders.views import finding
from bebeli.orders.views.answer import Errors

MOST_UPLOADS = 10  # of one form; the verb's own limit says its sentence


def context(complaint: Complaint, reader: str, request: HttpRequest, errors: Errors) -> dict[str, Any]:
    """Return what the templates need; the complaint's order, its seller and purchase are loaded."""
    return {
        "complaint": complaint,
        "order": complaint.order,
        "standing": standing(complaint, reader),
        "wanted": complaint.lines.select_related("line"),
        "talk": talk(complaint),
        "reader": reader,
        "couriers": couriers.COURIERS,
        "said": request.POST,
        "typed": {_verb(request): words(request, "teks")},
        "again": {_verb(request): bool(uploads(request))},
        "errors": errors,
    }


def chosen(request: HttpRequest, rows: QuerySet[Complaint]) -> Complaint:
    """Return the complaint of an order whose number was asked for, else the newest; raises Http404. Steps name none."""
    number = request.GET.get("nomor", "")
    if number.isascii() and number.isdigit() and len(number) < 3:  # noqa: PLR2004  nobody complains a hundred times
        rows = rows.filter(number=number)
    found = rows.order_by("-number").first()
    if found is None:
        raise Http404
    return found


def _verb(request: HttpRequest) -> str:
    """Return which of a page's forms was sent, '' for none: they share the names of their fields."""
    return request.resolver_match.kwargs.get("verb", "") if request.resolver_match else ""


def talk(complaint: Complaint) -> list[ComplaintMessage]:
    """Return every message with its pictures, oldest first."""
    rows = complaint.messages.prefetch_related(Prefetch("pictures", ComplaintPicture.objects.order_by("pk")))
    return list(rows.select_related("by"))


def words(request: HttpRequest, name: str) -> str:
    """Return what was typed into a field."""
    return request.POST.get(name, "")[:2000].replace("\0", "")


def uploads(request: HttpRequest) -> list[UploadedFile[bytes]]:
    """Return the pictures of a form."""
    return list(request.FILES.getlist("foto"))[:MOST_UPLOADS]


@public
@require_GET
def picture(request: HttpRequest, picture_id: int) -> HttpResponse:
    """A piece of evidence, for the buyer, the order's seller, and those who decide; nobody else finds it."""
    user_id = request.user.pk or 0
    rows = ComplaintPicture.objects.all()
    if not roles.decides_complaints(user_id):
        mine = Q(message__complaint__order__purchase__in=finding.purchases(request))
        rows = rows.filter(mine | Q(message__complaint__in=Complaint.objects.of_sellers_of(user_id)))
    return proofs.answer_file(get_object_or_404(rows, pk=picture_id).name, "bukti.webp")
