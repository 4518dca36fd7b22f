"""Documents of an order, for its buyer and its maker."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from bebeli.kit.api import MEDIA_TYPE
from bebeli.kit.api_doors import SignedInView, caller
from bebeli.kit.api_schema import WORDS, Problem, operation
from bebeli.orders.documents.pdf import render
from bebeli.orders.documents.sheet import sheet_of
from bebeli.orders.models import Document, Order
from bebeli.sellers.models import Seller

TAG = "orders"


class DocumentShape(serializers.Serializer[Any]):
    """A document as it was issued; `cancelled` when a credit note took it back."""

    kind = serializers.ChoiceField(choices=Document.Kind.choices)
    code = serializers.CharField()
    issued_at = serializers.DateTimeField()
    amount = serializers.IntegerField()
    cancelled = serializers.BooleanField()
    pdf = serializers.URLField()


class OrderDocumentsView(SignedInView):
    """What was put on paper for an order."""

    @operation("list_order_documents", TAG, DocumentShape(many=True), fails=(401, 404))
    def get(self, request: Request, code: str) -> Response:
        """List an order's documents in the order they were issued, for its buyer and its maker."""
        user = caller(request)
        mine = Order.objects.filter(Q(purchase__buyer_id=user) | Q(seller__in=Seller.objects.run_by(user)))
        order = get_object_or_404(mine, code=code)
        rows = order.documents.select_related("cancelled_by").order_by("issued_at", "pk")
        return Response([_shape(request, row) for row in rows])


def _shape(request: Request, row: Document) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "code": row.printed_code,
        "issued_at": row.issued_at,
        "amount": row.amount,
        "cancelled": row.canceller is not None,
        "pdf": reverse("api:document_pdf", args=[row.code], request=request),
    }


class DocumentPdfView(SignedInView):
    """A document as a PDF."""

    @extend_schema(
        operation_id="get_document_pdf",
        tags=[TAG],
        responses={
            (200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, "The document"),
            **{(code, MEDIA_TYPE): OpenApiResponse(Problem, WORDS[code]) for code in (401, 404, 429)},
        },
    )
    def get(self, request: Request, code: str) -> HttpResponse:
        """Answer the PDF, in the language that is accepted."""
        user = caller(request)
        mine = Q(order__purchase__buyer_id=user) | Q(seller__in=Seller.objects.run_by(user))
        found = get_object_or_404(Document.objects.whole().filter(mine), code=code)
        headers = {"Content-Disposition": f'attachment; filename="{found.code}.pdf"'}
        return HttpResponse(render([sheet_of(found)]), content_type="application/pdf", headers=headers)
