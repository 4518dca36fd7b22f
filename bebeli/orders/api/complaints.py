"""A buyer's complaints, and the pictures in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.kit.api import MEDIA_TYPE, listing
from bebeli.kit.api_doors import SignedInView, caller, read
from bebeli.kit.api_lists import paged
from bebeli.kit.api_schema import WORDS, Problem, list_of, operation
from bebeli.kit.errors import InvalidInput
from bebeli.kit.steps import retried
from bebeli.orders import proofs
from bebeli.orders.actions.complain import complain
from bebeli.orders.actions.escalate_complaint import ask_officer
from bebeli.orders.actions.lock_complaint import buyer
from bebeli.orders.actions.offer_complaint import accept_offer
from bebeli.orders.actions.resend_complaint import take_replacement
from bebeli.orders.actions.return_complaint import send_back
from bebeli.orders.actions.withdraw_complaint import withdraw_complaint
from bebeli.orders.actions.write_complaint import write_complaint
from bebeli.orders.api.complaint_forms import COMPLAIN, PARSERS, TALK, THROTTLES, said_in, shown
from bebeli.orders.api.complaint_shapes import (
    AmountSerializer,
    ComplaintQuery,
    ComplaintShape,
    MaybeTextSerializer,
    ParcelSerializer,
    complaint_shape,
    loaded,
    narrowed,
)
from bebeli.orders.api.orders import one_of_mine
from bebeli.orders.complaints import Grievance
from bebeli.orders.models import Complaint, ComplaintPicture, Order

TAG = "complaints"
FAILS = (401, 404, 409)


def newest_of_mine(request: Request, code: str) -> Complaint:
    """Return the newest complaint about one of the caller's orders; 404 where there is none."""
    rows = Complaint.objects.of_buyer(caller(request)).filter(order__code=code).order_by("-number")
    return get_object_or_404(loaded(Complaint.objects.all()), pk__in=rows.values_list("pk", flat=True)[:1])


def done(request: Request, code: str, verb: Callable[[int, int], object]) -> Response:
    """Call a verb with the complaint and the person, and answer the complaint as it is then."""
    found = newest_of_mine(request, code)
    retried(lambda: verb(found.pk, caller(request)))
    return Response(complaint_shape(request, newest_of_mine(request, code)))


class ComplaintsView(SignedInView):
    """A buyer's complaints about all orders."""

    @operation("list_complaints", TAG, list_of(ComplaintShape), query=ComplaintQuery, fails=(401,))
    def get(self, request: Request) -> Response:
        """List one's own complaints, newest first."""
        asked = read(ComplaintQuery, request.query_params)
        rows = narrowed(Complaint.objects.of_buyer(caller(request)), asked)
        return paged(request, rows, ("-opened_at", "-id"), asked, lambda row: complaint_shape(request, row))


class OrderComplaintsView(SignedInView):
    """What was complained about an order."""

    parser_classes, throttle_classes = PARSERS, THROTTLES

    @operation("list_order_complaints", TAG, list_of(ComplaintShape), fails=(401, 404))
    def get(self, request: Request, code: str) -> Response:
        """List the complaints about one's own order, newest first: three at the most."""
        order = one_of_mine(request, code)
        rows = loaded(Complaint.objects.filter(order=order)).order_by("-number")
        return listing([complaint_shape(request, row) for row in rows])

    @operation("complain", TAG, ComplaintShape, status=201, body=COMPLAIN, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Complain about a shipped, delivered or lately completed order; one is open at a time (409 `complaint_open`).

        Pictures come along in a form; what is no picture is 422 `bad_picture`.
        """
        said = said_in(request, COMPLAIN)
        order = one_of_mine(request, code)
        grievance = Grievance(_lines(order, said["lines"]), said["problem"], said["wish"], said["amount"], said["text"])
        retried(
            lambda: shown(said["pictures"], lambda kept: complain(order.pk, caller(request), replace(grievance, pictures=kept)))
        )
        return Response(complaint_shape(request, newest_of_mine(request, code)), status=status.HTTP_201_CREATED)


def _lines(order: Order, asked: list[dict[str, Any]]) -> dict[int, int]:
    known = {line.sku: line.pk for line in order.lines.all()}
    wanted: Counter[str] = Counter()
    for part in asked:
        wanted[part["sku"]] += part["quantity"]
    if wanted.keys() - known.keys():
        raise InvalidInput("lines_needed", _("Barang itu tidak ada di pesanan ini."), field="lines")
    return {known[sku]: quantity for sku, quantity in wanted.items()}


class ComplaintMessagesView(SignedInView):
    """Saying something."""

    parser_classes, throttle_classes = PARSERS, THROTTLES

    @operation("write_complaint", TAG, ComplaintShape, body=TALK, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Say something in the open complaint about one's order, in a form with pictures; nobody edits it afterwards."""
        said = said_in(request, TALK)
        text, uploads = said["text"], said["pictures"]
        return done(
            request,
            code,
            lambda pk, user_id: shown(uploads, lambda kept: write_complaint(pk, buyer(user_id), text, kept)),
        )


class AcceptOfferView(SignedInView):
    """Taking the maker's offer."""

    @operation("accept_offer", TAG, ComplaintShape, body=AmountSerializer, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Take the offer of that amount; another one by now is 409 `offer_changed`."""
        amount = read(AmountSerializer, request.data)["amount"]
        return done(request, code, lambda pk, user_id: accept_offer(pk, user_id, amount))


class AskOfficerView(SignedInView):
    """Asking the Dinas."""

    @operation("ask_officer", TAG, ComplaintShape, body=MaybeTextSerializer, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Let an officer of the Dinas decide."""
        text = read(MaybeTextSerializer, request.data)["text"]
        return done(request, code, lambda pk, user_id: ask_officer(pk, user_id, text))


class WithdrawComplaintView(SignedInView):
    """Taking a complaint back."""

    @operation("withdraw_complaint", TAG, ComplaintShape, body=MaybeTextSerializer, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Take it back; the order goes on with the time it had left."""
        text = read(MaybeTextSerializer, request.data)["text"]
        return done(request, code, lambda pk, user_id: withdraw_complaint(pk, user_id, text))


class SendBackView(SignedInView):
    """Sending goods back."""

    @operation("send_back", TAG, ComplaintShape, body=ParcelSerializer, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Say with whom the goods go back."""
        said = read(ParcelSerializer, request.data)
        return done(request, code, lambda pk, user_id: send_back(pk, user_id, said["courier"], said["waybill"]))


class TakeReplacementView(SignedInView):
    """The replacement is here."""

    @operation("take_replacement", TAG, ComplaintShape, fails=FAILS)
    def post(self, request: Request, code: str) -> Response:
        """Say that the replacement came; the order is completed."""
        return done(request, code, take_replacement)


class ComplaintPictureView(SignedInView):
    """A piece of evidence."""

    @extend_schema(
        operation_id="get_complaint_picture",
        tags=[TAG],
        responses={
            (200, "image/webp"): OpenApiResponse(OpenApiTypes.BINARY, "The picture"),
            **{(code, MEDIA_TYPE): OpenApiResponse(Problem, WORDS[code]) for code in (401, 404, 429)},
        },
    )
    def get(self, request: Request, picture_id: int) -> HttpResponse:
        """Answer a picture of a complaint of one's own, or of one's stall's."""
        user_id = caller(request)
        theirs = Complaint.objects.of_sellers_of(user_id)
        mine = Q(message__complaint__order__purchase__buyer_id=user_id) | Q(message__complaint__in=theirs)
        found = get_object_or_404(ComplaintPicture.objects.filter(mine), pk=picture_id)
        return proofs.answer_file(found.name, "bukti.webp")
