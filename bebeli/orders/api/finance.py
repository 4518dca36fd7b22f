"""The doors of finance's desks: each case with its story, its proof, and one address for each of its verbs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.accounts.api.office import BooksView, FinanceView
from bebeli.kit.api import MEDIA_TYPE
from bebeli.kit.api_doors import BoundedFormParser, Door, caller, read
from bebeli.kit.api_schema import WORDS, Problem, operation
from bebeli.kit.errors import InvalidInput
from bebeli.kit.steps import retried
from bebeli.kit.throttle import UploadThrottle
from bebeli.orders import proofs
from bebeli.orders.api.case_schemas import PaidSerializer
from bebeli.orders.api.cases import reader_of
from bebeli.orders.api.finance_desks import DESKS, Desk, Verb

TAG = "finance"
READING = (401, 403, 404)
FIELDS = {"alasan": "reason", "referensi": "reference", "bukti": "proof", "jumlah": "amount"}  # a page's names in the API's


def urls() -> Iterator[URLPattern]:
    """Return every address of the desks: the case, its proof, its verbs."""
    for desk in DESKS:
        where, name = f"finance/{desk.name}s/<int:case_id>/", f"finance_{desk.name}"
        yield path(where, _story(desk).as_view(), name=name)
        yield path(f"{where}proof/", _proof(desk).as_view(), name=f"{name}_proof")
        for verb in desk.verbs:
            yield path(f"{where}{verb.name}/", _act(desk, verb).as_view(), name=f"{name}_{verb.name}".replace("-", "_"))


def _told(request: Request, desk: Desk, case_id: int) -> Response:
    found = get_object_or_404(desk.rows(), pk=case_id)
    return Response(desk.tell(request, found, reader_of(request)))


def _story(desk: Desk) -> type[Door]:
    class StoryView(BooksView):
        """One case."""

        @operation(f"get_finance_{desk.name}", TAG, desk.shape, fails=READING)
        def get(self, request: Request, case_id: int) -> Response:
            """Answer one case with its story and its step."""
            return _told(request, desk, case_id)

    return StoryView


def _proof(desk: Desk) -> type[Door]:
    answers: dict[Any, Any] = {
        (200, kind): OpenApiResponse(OpenApiTypes.BINARY, "The file") for kind in ("image/webp", "application/pdf")
    }
    problems = {(code, MEDIA_TYPE): OpenApiResponse(Problem, WORDS[code]) for code in (*READING, 429)}

    class ProofView(BooksView):
        """A case's proof."""

        @extend_schema(operation_id=f"get_finance_{desk.name}_proof", tags=[TAG], responses=answers | problems)
        def get(self, request: Request, case_id: int) -> HttpResponse:
            """Answer the picture or paper of the transfer."""
            del request
            name = desk.proof(get_object_or_404(desk.rows(), pk=case_id))
            if not name:
                raise Http404
            return proofs.answer_file(name, f"bukti-{desk.name}-{case_id}.pdf")

    return ProofView


def _act(desk: Desk, verb: Verb) -> type[Door]:
    def post(_self: FinanceView, request: Request, case_id: int) -> Response:
        get_object_or_404(desk.rows(), pk=case_id)
        said = read(verb.body, request.data) if verb.body else {}
        try:
            retried(lambda: verb.call(case_id, caller(request), said))
        except InvalidInput as error:
            field = FIELDS.get(error.field or "", error.field)
            raise InvalidInput(error.code, error.message, field=field, **error.extra) from error
        return _told(request, desk, case_id)

    post.__doc__ = verb.does
    named = f"{verb.name}_finance_{desk.name}".replace("-", "_")
    body: dict[str, Any] = {"__doc__": verb.does, "moves_money": ("POST",) if verb.moves_money else ()}
    if verb.body is PaidSerializer:
        body |= {"parser_classes": (BoundedFormParser,), "throttle_classes": (*FinanceView.throttle_classes, UploadThrottle)}
    described = operation(named, TAG, desk.shape, body=verb.body, fails=(*READING, 409))(post)
    return type("VerbView", (FinanceView,), {**body, "post": described})
