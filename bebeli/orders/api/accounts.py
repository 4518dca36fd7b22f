"""Where money goes: a stall's bank account and the weekday of its payouts, a buyer's account for a refund by transfer."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.accounts.fresh import password_again
from bebeli.kit.api_doors import SignedInView, caller, read
from bebeli.kit.api_schema import operation
from bebeli.kit.steps import retried
from bebeli.kit.throttle import PasswordThrottle
from bebeli.orders import couriers
from bebeli.orders.actions.name_bank_account import name_bank_account
from bebeli.orders.actions.plan_payouts import plan_payouts
from bebeli.orders.api.balance import TAG, StallQuery, stall
from bebeli.orders.flows.refund_account import name_for_all
from bebeli.orders.models import BankAccount, Order, PayoutPlan, Purchase, Refund
from bebeli.orders.payout_wording import shown
from bebeli.sellers.api.door import SellerView

STATES = [one for one in BankAccount.State.values if one != BankAccount.State.REPLACED]
NONE = {"account": None, "status": None, "hold_until": None, "reason": None}


class AccountSerializer(serializers.Serializer[Any]):
    """A bank account as people write it down."""

    bank = serializers.ChoiceField(choices=couriers.banks(), help_text="the clearing code of three digits")
    number = serializers.CharField(max_length=40)
    name = serializers.CharField(max_length=120)


class SellerAccountSerializer(AccountSerializer, StallQuery):
    """A stall's account, by who has just proved himself again."""

    password = serializers.CharField(max_length=256, trim_whitespace=False, help_text="one's own, once more")


class SellerAccountShape(serializers.Serializer[Any]):
    """A stall's account as far as it is told."""

    account = serializers.CharField(allow_null=True, help_text="bank and last digits; null while none is named")
    status = serializers.ChoiceField(allow_null=True, choices=STATES)
    hold_until = serializers.DateTimeField(allow_null=True, help_text="nothing is paid to it before")
    reason = serializers.CharField(allow_null=True, help_text="why it was refused")


class PlanSerializer(StallQuery):
    """On which weekday, or never."""

    weekday = serializers.IntegerField(min_value=0, max_value=6, allow_null=True, help_text="Monday is 0; null is never")


class PlanShape(serializers.Serializer[Any]):
    """The weekday on which a balance is paid out by itself."""

    weekday = serializers.IntegerField(allow_null=True)


class NamedShape(serializers.Serializer[Any]):
    """For how many refunds the account was written down."""

    refunds = serializers.IntegerField()


def account_shape(account: BankAccount) -> dict[str, Any]:
    """Return an account, masked."""
    return {
        "account": shown(account),
        "status": account.state,
        "hold_until": account.hold_until,
        "reason": account.reason or None,
    }


class SellerAccountView(SellerView):
    """A stall's bank account."""

    throttle_classes = (*SellerView.throttle_classes, PasswordThrottle)

    @operation("get_bank_account", TAG, SellerAccountShape, query=StallQuery, fails=(401, 404))
    def get(self, request: Request) -> Response:
        """Answer where a stall's money goes; nulls while it has named nothing."""
        found = stall(request, read(StallQuery, request.query_params)["seller"])
        account = BankAccount.objects.current().filter(seller=found).first()
        return Response(account_shape(account) if account else NONE)

    @operation("put_bank_account", TAG, SellerAccountShape, body=SellerAccountSerializer, fails=(401, 404, 409))
    def put(self, request: Request) -> Response:
        """Name an account in place of the one before; the owners hear of it, and nothing is paid to it for two days."""
        said = read(SellerAccountSerializer, request.data)
        found, user_id = stall(request, said["seller"]), caller(request)
        password_again(request.user, said["password"])
        account = retried(lambda: name_bank_account(found.pk, user_id, said["bank"], said["number"], said["name"]))
        return Response(account_shape(account))


class PayoutPlanView(SellerView):
    """The weekday of a stall's payouts."""

    @operation("get_payout_plan", TAG, PlanShape, query=StallQuery, fails=(401, 404))
    def get(self, request: Request) -> Response:
        """Answer the weekday, null where there is none."""
        plan = PayoutPlan.objects.filter(seller=stall(request, read(StallQuery, request.query_params)["seller"])).first()
        return Response({"weekday": plan.weekday if plan else None})

    @operation("put_payout_plan", TAG, PlanShape, body=PlanSerializer, fails=(401, 404))
    def put(self, request: Request) -> Response:
        """Choose the weekday, or none."""
        said = read(PlanSerializer, request.data)
        plan = plan_payouts(stall(request, said["seller"]).pk, caller(request), said["weekday"])
        return Response({"weekday": plan.weekday})


class OrderRefundAccountView(SignedInView):
    """Where an order's refund by transfer goes."""

    @operation("put_order_refund_account", "orders", NamedShape, body=AccountSerializer, fails=(401, 404, 409))
    def put(self, request: Request, code: str) -> Response:
        """Name the account for all of an order's refunds that wait for one."""
        order = get_object_or_404(Order.objects.of_buyer(caller(request)), code=code)
        return _named(request, order.refunds.standing().filter(channel=Refund.Channel.BANK))


class PurchaseRefundAccountView(SignedInView):
    """Where money goes that was paid for nothing."""

    @operation("put_purchase_refund_account", "checkout", NamedShape, body=AccountSerializer, fails=(401, 404, 409))
    def put(self, request: Request, code: str) -> Response:
        """Name the account for money of a purchase that came late, twice or too much."""
        purchase = get_object_or_404(Purchase.objects.filter(buyer=caller(request)), code=code)
        return _named(request, Refund.objects.of_no_order(purchase.pk).filter(channel=Refund.Channel.BANK))


def _named(request: Request, rows: Any) -> Response:
    said = read(AccountSerializer, request.data)
    refunds = list(rows)
    if not refunds:
        raise Http404
    return Response({"refunds": retried(lambda: name_for_all(refunds, said["bank"], said["number"], said["name"]))})
