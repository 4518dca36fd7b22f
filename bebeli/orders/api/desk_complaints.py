"""Complaints about a maker's orders."""

from __future__ import annotations

from collections.abc import Callable

from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.kit.api_doors import caller, read
from bebeli.kit.api_lists import paged
from bebeli.kit.api_schema import list_of, operation
from bebeli.kit.steps import retried
from bebeli.orders.actions.escalate_complaint import ask_officer_as_seller
from bebeli.orders.actions.lock_complaint import seller
from bebeli.orders.actions.offer_complaint import agree_complaint, offer_complaint
from bebeli.orders.actions.refuse_complaint import refuse_complaint
from bebeli.orders.actions.resend_complaint import resend_complaint
from bebeli.orders.actions.return_complaint import ask_return, take_back
from bebeli.orders.actions.write_complaint import write_complaint
from bebeli.orders.api.complaint_forms import PARSERS, TALK, THROTTLES, said_in, shown
from bebeli.orders.api.complaint_shapes import (
    ComplaintQuery,
    ComplaintShape,
    MaybeTextSerializer,
    OfferSerializer,
    ParcelSerializer,
    TakeBackSerializer,
    TextSerializer,
    complaint_shape,
    loaded,
    narrowed,
)
from bebeli.orders.models import Complaint
from bebeli.sellers.api.door import SellerView

TAG = "seller: complaints"
FAILS = (401, 404, 409)


def newest(request: Request, code: str) -> Complaint:
    """Return the newest complaint about an order of the caller's stall; 404 where there is none."""
    rows = Complaint.objects.of_sellers_of(caller(request)).filter(order__code=code).order_by("-number")
    return get_object_or_404(loaded(Complaint.objects.all()), pk__in=rows.values_list("pk", flat=True)[:1])


def done(request: Request, code: str, verb: Callable[[int, int], object]) -> Response:
    """Call a verb with the complaint and the person, and answer the complaint as it is then."""
    found = newest(request, code)
    retried(lambda: verb(found.pk, caller(request)))
    return Response(complaint_shape(request, newest(request, code)))


class SellerComplaintsView(SellerView):
    """All complaints about one's stalls."""

    @operation("list_seller_complaints", TAG, list_of(ComplaintShape), query=ComplaintQuery, fails=(401, 404))
    def get(self, request: Request) -> Response:
        """List complaints, newest first."""
        asked = read(ComplaintQuery, request.query_params)
        rows = narrowed(Complaint.objects.of_sellers_of(caller(request)), asked)
        return paged(request, rows, ("-id",), asked, lambda row: complaint_shape(request, row))


class SellerComplaintView(SellerView):
    """The complaint about an order."""

    @operation("get_seller_complaint", TAG, ComplaintShape, fails=(401, 404))
    def get(self, request: Request, code: str) -> Response:
        """Answer the newest complaint about one's order."""
        return Response(complaint_shape(request, newest(request, code)))


class SellerMessagesView(SellerView):
    """Saying something."""

    parser_classes, throttle_classes = PARSERS, THROTTLES

    @operation("write_seller_complaint", TAG, ComplaintShape, body=TALK, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Say something in the open complaint, in a form with pictures; nobody edits it afterwards."""
        said = said_in(request, TALK)
        text, uploads = said["text"], said["pictures"]
        return done(
            request,
            code,
            lambda pk, user_id: shown(uploads, lambda kept: write_complaint(pk, seller(user_id), text, kept)),
        )


class AgreeComplaintView(SellerView):
    """Agreeing."""

    @operation("agree_complaint", TAG, ComplaintShape, body=MaybeTextSerializer, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Give back what was asked."""
        text = read(MaybeTextSerializer, request.data)["text"]
        return done(request, code, lambda pk, user_id: agree_complaint(pk, user_id, text))


class OfferComplaintView(SellerView):
    """Offering."""

    @operation("offer_complaint", TAG, ComplaintShape, body=OfferSerializer, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Offer an amount; the buyer accepts it or asks the Dinas."""
        said = read(OfferSerializer, request.data)
        return done(request, code, lambda pk, user_id: offer_complaint(pk, user_id, said["amount"], said["text"]))


class RefuseComplaintView(SellerView):
    """Refusing."""

    parser_classes, throttle_classes = PARSERS, THROTTLES

    @operation("refuse_complaint", TAG, ComplaintShape, body=TALK, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Refuse with a reason, in a form with pictures."""
        said = said_in(request, TALK)
        text, uploads = said["text"], said["pictures"]
        return done(request, code, lambda pk, user_id: shown(uploads, lambda kept: refuse_complaint(pk, user_id, text, kept)))


class AskReturnView(SellerView):
    """Asking for the goods first."""

    @operation("ask_return", TAG, ComplaintShape, body=TextSerializer, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Ask for the goods before the money; the text says where to and how."""
        text = read(TextSerializer, request.data)["text"]
        return done(request, code, lambda pk, user_id: ask_return(pk, user_id, text))


class TakeBackView(SellerView):
    """The goods are here again."""

    @operation("take_back", TAG, ComplaintShape, body=TakeBackSerializer, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Receive goods back, onto the shelf or written off; the buyer's money follows."""
        said = read(TakeBackSerializer, request.data)
        return done(request, code, lambda pk, user_id: take_back(pk, user_id, said["goods"], said["text"]))


class ResendView(SellerView):
    """Sending again."""

    @operation("resend_complaint", TAG, ComplaintShape, body=ParcelSerializer, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Send a replacement from the shelf."""
        said = read(ParcelSerializer, request.data)
        return done(request, code, lambda pk, user_id: resend_complaint(pk, user_id, said["courier"], said["waybill"]))


class SellerAskOfficerView(SellerView):
    """Asking the Dinas."""

    @operation("ask_officer_as_seller", TAG, ComplaintShape, body=MaybeTextSerializer, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Let an officer of the Dinas decide."""
        text = read(MaybeTextSerializer, request.data)["text"]
        return done(request, code, lambda pk, user_id: ask_officer_as_seller(pk, user_id, text))
