"""The shapes of finance's cases, for the description of the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from bebeli.orders.actions.confirm_transfer import MOST_MONEY
from bebeli.orders.models import Payout, Purchase, Refund, RefundWord, TransferProof


class WhySerializer(serializers.Serializer[Any]):
    """Why; others read it."""

    reason = serializers.CharField(max_length=240)


class PaidSerializer(serializers.Serializer[Any]):
    """What the bank says of a transfer, and a picture (JPG, PNG, WebP) or a PDF of it of at most 8 MB."""

    reference = serializers.CharField(max_length=60)
    proof = serializers.FileField()


class SeenSerializer(serializers.Serializer[Any]):
    """How much came."""

    amount = serializers.IntegerField(min_value=1, max_value=MOST_MONEY - 1, help_text="rupiah, as the bank says")


class StepShape(serializers.Serializer[Any]):
    """The one thing the caller can do, or what is waited for."""

    name = serializers.CharField(help_text="stable; `closed` when nothing is left to do, `read` for who only reads")
    words = serializers.CharField()


class HolderShape(serializers.Serializer[Any]):
    """Who is at it."""

    name = serializers.CharField()
    until = serializers.DateTimeField(help_text="nobody else may take it before")


class SaidShape(serializers.Serializer[Any]):
    """Who did it, and when."""

    by = serializers.CharField()
    at = serializers.DateTimeField()


class WordShape(SaidShape):
    """What was said between the side that decided and the second person."""

    act = serializers.ChoiceField(choices=RefundWord.Act.values)
    text = serializers.CharField()


class BankShape(serializers.Serializer[Any]):
    """An account at a bank; the auditor sees the last digits of its number."""

    bank = serializers.CharField()
    number = serializers.CharField()
    name = serializers.CharField()


class CaseShape(serializers.Serializer[Any]):
    """What every case tells."""

    id = serializers.IntegerField()
    amount = serializers.IntegerField(help_text="rupiah")
    step = StepShape()
    holder = HolderShape(allow_null=True)
    reference = serializers.CharField(allow_null=True, help_text="of the bank")
    proof = serializers.URLField(allow_null=True, help_text="the picture or paper")
    url = serializers.URLField(help_text="its page for people")


class RefundPartShape(serializers.Serializer[Any]):
    """What of one line goes back."""

    name = serializers.CharField()
    quantity = serializers.IntegerField()
    amount = serializers.IntegerField()


class ToldShape(serializers.Serializer[Any]):
    """One sentence about an order's money."""

    words = serializers.CharField()
    amount = serializers.IntegerField()


class RefundCase(CaseShape):
    """Money on its way back to a buyer, with its story."""

    key = serializers.CharField()
    status = serializers.ChoiceField(choices=Refund.State.choices)
    channel = serializers.ChoiceField(choices=Refund.Channel.choices)
    reason = serializers.CharField()
    purchase = serializers.CharField()
    order = serializers.CharField(allow_null=True, help_text="null for money that paid for nothing")
    seller = serializers.CharField(allow_null=True)
    parts = RefundPartShape(many=True)
    shipping = serializers.IntegerField()
    promo = serializers.IntegerField(help_text="what goes back to who gave the promo, not to the buyer")
    service_fee = serializers.IntegerField()
    account = BankShape(allow_null=True, help_text="null until the buyer named it")
    decided_by = serializers.CharField(allow_null=True, help_text="null: a rule")
    requested_at = serializers.DateTimeField()
    approved = SaidShape(allow_null=True)
    paid_by = serializers.CharField(allow_null=True)
    confirmed_at = serializers.DateTimeField(allow_null=True)
    words = WordShape(many=True)
    error = serializers.CharField(allow_null=True)
    told = ToldShape(many=True, help_text="what the buyer reads of the order's money")


class ArrivedShape(serializers.Serializer[Any]):
    """It was given back, and arrived all the same."""

    at = serializers.DateTimeField()
    found_by = serializers.CharField(allow_null=True, help_text="null: the provider's word")
    balance = serializers.IntegerField(help_text="the seller's, while it is not booked")
    booked = SaidShape(allow_null=True)
    retaken = serializers.IntegerField(help_text="from the balance")
    owed = serializers.IntegerField(help_text="the seller's debt")
    undone_at = serializers.DateTimeField(allow_null=True, help_text="when it came back to us, too")


class PayoutAccount(BankShape):
    """A seller's account."""

    reason = serializers.CharField(allow_null=True, help_text="why finance confirmed it")


class PayoutCase(CaseShape):
    """Money on its way to a seller, with its story."""

    key = serializers.CharField()
    status = serializers.ChoiceField(choices=Payout.State.choices)
    channel = serializers.ChoiceField(choices=Payout.Channel.choices)
    seller = serializers.CharField()
    owner = serializers.CharField()
    account = PayoutAccount()
    requested_by = serializers.CharField(allow_null=True, help_text="null: the weekly plan")
    requested_at = serializers.DateTimeField()
    approvals_needed = serializers.IntegerField()
    approvals = SaidShape(many=True)
    bank_file = serializers.CharField(allow_null=True)
    sent_at = serializers.DateTimeField(allow_null=True)
    ended_by = serializers.CharField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(allow_null=True)
    arrived = ArrivedShape(allow_null=True)
    error = serializers.CharField(allow_null=True)


class EarlierProof(serializers.Serializer[Any]):
    """One that the buyer sent before."""

    uploaded_at = serializers.DateTimeField()
    status = serializers.ChoiceField(choices=TransferProof.State.choices)
    reason = serializers.CharField(allow_null=True)


class OrderOfTransfer(serializers.Serializer[Any]):
    """What would be paid by it."""

    code = serializers.CharField()
    seller = serializers.CharField()
    total = serializers.IntegerField()


class TransferCase(CaseShape):
    """A transfer to our own account that a buyer says was made."""

    status = serializers.ChoiceField(choices=TransferProof.State.choices)
    purchase = serializers.CharField()
    purchase_status = serializers.ChoiceField(choices=Purchase.Status.choices)
    recipient = serializers.CharField()
    sender = serializers.CharField(allow_null=True, help_text="the name at the buyer's bank")
    account = BankShape(allow_null=True, help_text="ours, to which it must have come")
    orders = OrderOfTransfer(many=True)
    placed_at = serializers.DateTimeField()
    uploaded_at = serializers.DateTimeField()
    earlier = EarlierProof(many=True)
    decided = SaidShape(allow_null=True)
    amount_seen = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField(allow_null=True)
