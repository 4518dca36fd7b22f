"""Finance's one list, and how much waits of each kind."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.accounts.api.office import BooksView
from bebeli.kit.api_doors import read
from bebeli.kit.api_lists import address_at
from bebeli.kit.api_schema import list_of, operation
from bebeli.orders.api.cases import page_of, reader_of
from bebeli.orders.api.finance import READING, TAG
from bebeli.orders.waiting import listing
from bebeli.orders.waiting.kinds import BY_CODE

IN_API = {  # the kinds that have verbs here; the others are decided on their pages
    "persetujuan": "api:finance_refund",
    "pengembalian": "api:finance_refund",
    "pencairan": "api:finance_payout",
    "dobel": "api:finance_payout",
    "transfer": "api:finance_transfer",
}


class WaitingQuery(serializers.Serializer[Any]):
    """Which part of what waits."""

    kind = serializers.CharField(required=False, default="", max_length=20, help_text=", ".join(BY_CODE))
    free = serializers.BooleanField(required=False, default=False, help_text="only what the caller can do now")
    cursor = serializers.CharField(required=False, default="", max_length=1000, help_text="from `next` or `previous`")

    def validate_kind(self, value: str) -> str:
        """One of the kinds, or nothing."""
        if value and value not in BY_CODE:
            raise serializers.ValidationError(list(BY_CODE))
        return value


class WaitingShape(serializers.Serializer[Any]):
    """One case that waits for a person, and the one thing to do."""

    kind = serializers.ChoiceField(choices=list(BY_CODE))
    id = serializers.IntegerField()
    since = serializers.DateTimeField()
    name = serializers.CharField()
    about = serializers.CharField()
    amount = serializers.IntegerField(allow_null=True, help_text="rupiah")
    step = serializers.CharField(help_text="how it stands, in words")
    action = serializers.CharField(help_text="what to do, in words")
    is_ours = serializers.BooleanField(help_text="whether the caller can do it")
    is_urgent = serializers.BooleanField(help_text="whether it has waited too long")
    holder = serializers.CharField(allow_null=True, help_text="who is at it, in words")
    url = serializers.URLField(help_text="its page for people, where every kind can be decided")
    case = serializers.URLField(
        allow_null=True,
        help_text="its address in the API; null for kinds that are only read here (accounts, suspect payments, held orders, "
        "differences, remittances, money that went out twice or without us) and decided on their pages",
    )


class CountsShape(serializers.Serializer[Any]):
    """How many wait."""

    total = serializers.IntegerField()
    kinds = serializers.DictField(child=serializers.IntegerField(), help_text="by kind; a hundred stands for a hundred or more")


def _row(request: Request, row: listing.Row) -> dict[str, Any]:
    case, step = row.case, row.case.step
    address = IN_API.get(row.kind.code)
    return {
        "kind": row.kind.code,
        "id": case.pk,
        "since": case.since,
        "name": case.name,
        "about": str(case.about),
        "amount": case.amount,
        "step": str(step.words),
        "action": str(step.action),
        "is_ours": step.is_ours,
        "is_urgent": row.is_urgent,
        "holder": case.holder or None,
        "url": page_of(request, case.url),
        "case": page_of(request, reverse(address, args=[case.pk])) if address else None,
    }


class WaitingView(BooksView):
    """What waits."""

    @operation("list_waiting", TAG, list_of(WaitingShape), query=WaitingQuery, fails=READING)
    def get(self, request: Request) -> Response:
        """List everything that waits for a person of finance, of every kind, the oldest first."""
        asked = read(WaitingQuery, request.query_params)
        found = listing.page(reader_of(request), asked["cursor"], asked["kind"], only_free=asked["free"])
        return Response(
            {
                "results": [_row(request, row) for row in found.rows],
                "next": address_at(request, found.next),
                "previous": address_at(request, found.previous),
            }
        )


class WaitingCountsView(BooksView):
    """How much waits."""

    @operation("count_waiting", TAG, CountsShape, fails=READING)
    def get(self, _request: Request) -> Response:
        """Count what waits, up to a hundred of each kind."""
        kinds = listing.counts()
        return Response({"total": sum(kinds.values()), "kinds": kinds})
