"""The shapes of complaints, what is asked of them and what is answered."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.reverse import reverse

from bebeli.kit.api_lists import PageQuery
from bebeli.orders.api.asked import MOST_MONEY
from bebeli.orders.complaints import LONGEST
from bebeli.orders.models import Complaint, ComplaintMessage, Refund
from bebeli.orders.models.cart import MAX_QUANTITY
from bebeli.orders.models.complaint import BUYER, OFFICER, SELLER


class GrievedLineSerializer(serializers.Serializer[Any]):
    """So many pieces of what was bought."""

    sku = serializers.CharField(max_length=40)
    quantity = serializers.IntegerField(min_value=1, max_value=MAX_QUANTITY)


class ComplainSerializer(serializers.Serializer[Any]):
    """What is wrong, and what is wished."""

    lines = GrievedLineSerializer(many=True)
    problem = serializers.ChoiceField(choices=Complaint.Problem.choices)
    wish = serializers.ChoiceField(choices=Complaint.Wish.choices)
    amount = serializers.IntegerField(required=False, default=0, min_value=0, max_value=MOST_MONEY, help_text="for `part`")
    text = serializers.CharField(max_length=LONGEST)


class TextSerializer(serializers.Serializer[Any]):
    """Words that the other side reads."""

    text = serializers.CharField(max_length=LONGEST)


class MaybeTextSerializer(serializers.Serializer[Any]):
    """Words that the other side reads, or none."""

    text = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST)


class AmountSerializer(serializers.Serializer[Any]):
    """The offer that was seen."""

    amount = serializers.IntegerField(min_value=1, max_value=MOST_MONEY)


class OfferSerializer(AmountSerializer):
    """What is offered, and why."""

    text = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST)


class ParcelSerializer(serializers.Serializer[Any]):
    """Who carries it; own delivery is `sendiri` and needs no waybill."""

    courier = serializers.CharField(max_length=40)
    waybill = serializers.CharField(required=False, allow_blank=True, default="", max_length=60)


class TakeBackSerializer(MaybeTextSerializer):
    """What becomes of goods that came back."""

    goods = serializers.ChoiceField(choices=Complaint.Goods.choices)


class ComplaintQuery(PageQuery):
    """Which complaints."""

    state = serializers.ChoiceField(choices=Complaint.State.choices, required=False, default="", allow_blank=True)


class ComplaintLineShape(serializers.Serializer[Any]):
    """Pieces that are complained about."""

    sku = serializers.CharField()
    name = serializers.CharField()
    quantity = serializers.IntegerField()
    amount = serializers.IntegerField(allow_null=True, help_text="that an officer gave back for it")


class ComplaintParcel(serializers.Serializer[Any]):
    """A parcel on its way."""

    courier = serializers.CharField()
    waybill = serializers.CharField()


class ComplaintMessageShape(serializers.Serializer[Any]):
    """What one side said or did; never changed afterwards."""

    side = serializers.ChoiceField(choices=ComplaintMessage.Side.choices)
    act = serializers.CharField(help_text="`write` only says something")
    text = serializers.CharField()
    amount = serializers.IntegerField(allow_null=True)
    at = serializers.DateTimeField()
    pictures = serializers.ListField(child=serializers.URLField())


class ComplaintRefund(serializers.Serializer[Any]):
    """The money on its way back."""

    amount = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Refund.State.choices)


class ComplaintShape(serializers.Serializer[Any]):
    """A complaint and all that was said."""

    order = serializers.CharField()
    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Complaint.State.choices)
    turn = serializers.ChoiceField(choices=[BUYER, SELLER, OFFICER], allow_null=True)
    answer_by = serializers.DateTimeField(allow_null=True)
    problem = serializers.ChoiceField(choices=Complaint.Problem.choices)
    wish = serializers.ChoiceField(choices=Complaint.Wish.choices)
    asked_amount = serializers.IntegerField()
    offered_amount = serializers.IntegerField(allow_null=True)
    amount = serializers.IntegerField(allow_null=True, help_text="that goes back in the end")
    refund = ComplaintRefund(allow_null=True)
    reason = serializers.CharField(allow_null=True, help_text="of the officer's decision")
    sent_back = ComplaintParcel(allow_null=True)
    goods = serializers.ChoiceField(choices=Complaint.Goods.choices, allow_null=True)
    replacement = ComplaintParcel(allow_null=True)
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    lines = ComplaintLineShape(many=True)
    messages = ComplaintMessageShape(many=True)


def loaded(rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """Load what a complaint shows."""
    return rows.select_related("order", "refund").prefetch_related("lines__line", "messages__pictures")


def narrowed(rows: QuerySet[Complaint], asked: dict[str, Any]) -> QuerySet[Complaint]:
    """Return the complaints in the state that is asked for, loaded."""
    found = loaded(rows)
    return found.filter(state=asked["state"]) if asked["state"] else found


def complaint_shape(request: Request, complaint: Complaint) -> dict[str, Any]:
    """Return a complaint; order, refund, lines and messages are loaded."""
    return {
        "order": complaint.order.code,
        "number": complaint.number,
        "state": complaint.state,
        "turn": complaint.turn or None,
        "answer_by": complaint.answer_by,
        "problem": complaint.problem,
        "wish": complaint.wish,
        "asked_amount": complaint.asked_amount,
        "offered_amount": complaint.offered_amount,
        "amount": complaint.amount,
        "refund": {"amount": complaint.refund.amount, "state": complaint.refund.state} if complaint.refund else None,
        "reason": complaint.reason or None,
        "sent_back": _parcel(complaint.courier, complaint.waybill),
        "goods": complaint.goods or None,
        "replacement": _parcel(complaint.new_courier, complaint.new_waybill),
        "opened_at": complaint.opened_at,
        "closed_at": complaint.closed_at,
        "lines": [
            {"sku": part.line.sku, "name": part.line.name, "quantity": part.quantity, "amount": part.amount}
            for part in complaint.lines.all()
        ],
        "messages": [_message(request, message) for message in complaint.messages.all()],
    }


def _parcel(courier: str, waybill: str) -> dict[str, str] | None:
    return {"courier": courier, "waybill": waybill} if courier else None


def _message(request: Request, message: ComplaintMessage) -> dict[str, Any]:
    pictures = [reverse("api:complaint_picture", args=[picture.pk], request=request) for picture in message.pictures.all()]
    return {
        "side": message.side,
        "act": message.act,
        "text": message.text,
        "amount": message.amount,
        "at": message.at,
        "pictures": pictures,
    }
