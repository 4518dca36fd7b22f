"""A stall's money: its balance, and its payouts."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.kit.api import idempotency_key
from bebeli.kit.api_doors import caller, read
from bebeli.kit.api_lists import PageQuery, paged
from bebeli.kit.api_schema import IDEMPOTENCY_KEY, list_of, operation
from bebeli.kit.errors import InvalidInput
from bebeli.kit.steps import retried
from bebeli.orders import balance, settlement
from bebeli.orders.actions.request_payout import request_payout
from bebeli.orders.models import Payout
from bebeli.orders.payout_wording import shown
from bebeli.sellers.api.door import SellerView
from bebeli.sellers.models import Seller

TAG = "seller: money"
MOST_MONEY = 10**15


class StallQuery(serializers.Serializer[Any]):
    """Which stall, for people who own more than one."""

    seller = serializers.SlugField(
        required=False, default="", allow_blank=True, max_length=80, help_text="slug; the first otherwise"
    )


class PayoutsQuery(PageQuery, StallQuery):
    """Which payouts."""


class PayoutSerializer(StallQuery):
    """How much; everything without an amount."""

    amount = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=MOST_MONEY)


class PayoutShape(serializers.Serializer[Any]):
    """One payout."""

    id = serializers.IntegerField()
    amount = serializers.IntegerField(help_text="rupiah")
    status = serializers.ChoiceField(choices=Payout.State.values)
    account = serializers.CharField(help_text="bank and last digits")
    reference = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_null=True)
    requested_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    owed_at = serializers.DateTimeField(
        allow_null=True, help_text="since when it is taken from the balance again: it had arrived after it was given back"
    )


class ComingShape(serializers.Serializer[Any]):
    """What one order will bring, and when at the latest."""

    order = serializers.CharField()
    status = serializers.CharField()
    net = serializers.IntegerField()
    complete_by = serializers.DateTimeField(allow_null=True)


class BalanceShape(serializers.Serializer[Any]):
    """A stall's money in rupiah."""

    seller = serializers.CharField(help_text="slug")
    settlement_mode = serializers.ChoiceField(choices=settlement.MODES)
    payable = serializers.IntegerField()
    pending = serializers.IntegerField(help_text="on its way to the bank account")
    debt = serializers.IntegerField(help_text="settled before the next payout")
    available = serializers.IntegerField(help_text="what a payout may be")
    coming = ComingShape(many=True, help_text="the 50 that end first")
    coming_total = serializers.IntegerField(help_text="of all that are under way")


def payout_shape(payout: Payout) -> dict[str, Any]:
    """Return a payout; its account is loaded."""
    return {
        "id": payout.pk,
        "amount": payout.amount,
        "status": payout.state,
        "account": shown(payout.account),
        "reference": payout.reference or payout.reference_no or None,
        "reason": payout.reason or None,
        "requested_at": payout.requested_at,
        "sent_at": payout.sent_at,
        "ended_at": payout.ended_at,
        "owed_at": payout.owed_at if payout.is_owed else None,
    }


def stall(request: Request, slug: str) -> Seller:
    """Return the stall that is meant; whoever does not own it finds nothing."""
    mine = balance.owned(caller(request))
    return get_object_or_404(mine, slug=slug) if slug else (mine.first() or get_object_or_404(mine, pk=0))


class BalanceView(SellerView):
    """A stall's money."""

    @operation("get_balance", TAG, BalanceShape, query=StallQuery, fails=(401, 404))
    def get(self, request: Request) -> Response:
        """Answer what a stall has, owes, and waits for."""
        found = balance.of(stall(request, read(StallQuery, request.query_params)["seller"]))
        coming = [
            {"order": one.order.code, "status": one.order.status, "net": one.net, "complete_by": one.order.complete_by}
            for one in found.coming
        ]
        return Response(
            {
                "seller": found.seller.slug,
                "settlement_mode": settlement.SELLER_DIRECT if settlement.is_direct() else settlement.GATEWAY_ESCROW,
                "payable": found.payable,
                "pending": found.pending,
                "debt": found.debt,
                "available": found.may_have,
                "coming": coming,
                "coming_total": found.coming_total,
            }
        )


class PayoutsView(SellerView):
    """A stall's payouts."""

    @operation("list_payouts", TAG, list_of(PayoutShape), query=PayoutsQuery, fails=(401, 404))
    def get(self, request: Request) -> Response:
        """List a stall's payouts, newest first."""
        asked = read(PayoutsQuery, request.query_params)
        rows = Payout.objects.filter(seller=stall(request, asked["seller"])).select_related("account")
        return paged(request, rows, ("-id",), asked, payout_shape)

    @operation(
        "request_payout",
        TAG,
        PayoutShape,
        status=201,
        body=PayoutSerializer,
        parameters=(IDEMPOTENCY_KEY,),
        fails=(401, 404, 409),
    )
    def post(self, request: Request) -> Response:
        """Ask for the balance, or a part of it; finance approves it first."""
        said = read(PayoutSerializer, request.data)
        found = stall(request, said["seller"])
        key = idempotency_key(request)
        if not key.isprintable():
            raise InvalidInput("bad_idempotency_key", _("Idempotency-Key hanya huruf dan angka."), field="Idempotency-Key")
        payout = retried(lambda: request_payout(found.pk, caller(request), said["amount"], key))
        made = Payout.objects.select_related("account").get(pk=payout.pk)
        return Response(payout_shape(made), status=status.HTTP_201_CREATED)
