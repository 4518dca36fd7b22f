"""Lists of the API: `{results, next, previous}`, walked by a cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.kit.paging import page

M = TypeVar("M", bound=Model)

USUAL = 24
MOST = 100


class PageQuery(serializers.Serializer[Any]):
    """Where in a list one is."""

    cursor = serializers.CharField(required=False, max_length=1000, default="", help_text="from `next` or `previous`")
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=MOST, default=USUAL)


def paged(
    request: Request,
    rows: QuerySet[M],
    order: tuple[str, ...],
    asked: dict[str, Any],
    shape: Callable[[M], dict[str, Any]],
) -> Response:
    """Answer one page of rows in their shape, with the addresses of its neighbours or null."""
    found = page(rows, order, asked["cursor"], asked["page_size"])
    return Response(
        {
            "results": [shape(row) for row in found.rows],
            "next": address_at(request, found.next),
            "previous": address_at(request, found.previous),
        }
    )


def address_at(request: Request, cursor: str) -> str | None:
    """Return the address of the page a cursor leads to; None for no cursor."""
    if not cursor:
        return None
    query = request.query_params.copy()
    query["cursor"] = cursor
    return f"{request.build_absolute_uri(request.path)}?{query.urlencode()}"
