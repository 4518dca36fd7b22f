"""Documents of an order, for its buyer and its maker; and a stall's months, for its owner."""

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
from bebeli.kit.api_doors import SignedInView, caller, read
from bebeli.kit.api_lists import PageQuery, paged
from bebeli.kit.api_schema import WORDS, Problem, list_of, operation
from bebeli.orders.api.balance import TAG as MONEY
from bebeli.orders.api.balance import StallQuery, stall
from bebeli.orders.documents.press import as_pdf
from bebeli.orders.documents.sheet import sheet_of
from bebeli.orders.models import Document, Order
from bebeli.orders.models.document import of_sellers_people
from bebeli.sellers.api.door import SellerView
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


class StatementShape(DocumentShape):
    """A paper about a month."""

    month = serializers.DateField(help_text="its first day")


class StatementsQuery(PageQuery, StallQuery):
    """Which stall's."""


class OrderDocumentsView(SignedInView):
    """What was put on paper for an order."""

    @operation("list_order_documents", TAG, list_of(DocumentShape), query=PageQuery, fails=(401, 404))
    def get(self, request: Request, code: str) -> Response:
        """List an order's documents in the order they were issued, for its maker and its buyer, who sees the fee's too."""
        user = caller(request)
        mine = Order.objects.filter(Q(purchase__buyer_id=user) | Q(seller__in=Seller.objects.run_by(user)))
        order = get_object_or_404(mine.select_related("purchase"), code=code)
        is_buyer = order.purchase.buyer_id == user
        rows = Document.objects.for_buyer_of(order) if is_buyer else order.documents.select_related("cancelled_by")
        asked = read(PageQuery, request.query_params)
        return paged(request, rows, ("issued_at", "id"), asked, lambda row: _shape(request, row))


class StatementsView(SellerView):
    """A stall's papers about its months."""

    @operation("list_statements", MONEY, list_of(StatementShape), query=StatementsQuery, fails=(401, 404))
    def get(self, request: Request) -> Response:
        """List a stall's monthly papers, newest first, for its owner."""
        asked = read(StatementsQuery, request.query_params)
        rows = Document.objects.of_owners().filter(seller=stall(request, asked["seller"])).select_related("cancelled_by")
        return paged(request, rows, ("-id",), asked, lambda row: {**_shape(request, row), "month": row.month})


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
        mine = Document.objects.of_buyer(user) | Document.objects.filter(of_sellers_people(user))
        found = get_object_or_404(mine.whole(), code=code)
        headers = {"Content-Disposition": f'attachment; filename="{found.code}.pdf"'}
        return HttpResponse(as_pdf([sheet_of(found)]), content_type="application/pdf", headers=headers)
