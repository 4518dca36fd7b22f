"""The buyer's proof of a transfer: sending it, seeing it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bebeli.kit.access import public
from bebeli.kit.throttle import limited
from bebeli.orders import proofs
from bebeli.orders.flows.transfer import send_proof
from bebeli.orders.models import TransferProof
from bebeli.orders.views import finding
from bebeli.orders.views.answer import act
from bebeli.orders.views.purchase import show


@public
@require_POST
@limited("proof", account=10, network=100)
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Lay a picture or a PDF before finance."""
    found = finding.purchase(request, code)
    sender = request.POST.get("pengirim", "")[:120].replace("\0", "")
    back = reverse("orders:purchase", args=[found.code])
    words = _("Bukti kami terima. Keuangan akan memeriksanya dan mengabari Anda.")
    sent = request.FILES.get("bukti")
    return act(request, lambda: send_proof(found.pk, sent, sender), words, back, lambda errors: show(request, found, errors))


@public
@require_GET
def file(request: HttpRequest, code: str, proof_id: int) -> HttpResponse:
    """What one sent oneself."""
    found = finding.purchase(request, code)
    return proofs.answer(get_object_or_404(TransferProof, pk=proof_id, attempt__payment=found.payment))
