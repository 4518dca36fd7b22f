"""The outer door of every API address: JSON (a form where a file is sent), of a bounded size, and who may enter."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import IO, Any, ClassVar, TypeVar

from django.core.exceptions import SuspiciousOperation
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser, JSONParser, MultiPartParser
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

R = TypeVar("R")

MOST_BYTES = 1_000_000
MOST_FORM_BYTES = 8_500_000  # a file of 8 MB and what surrounds it
MOST_PICTURES_BYTES = 41_000_000  # five such files


class TooLarge(exceptions.APIException):
    """A body nobody needs to send."""

    status_code = 413
    default_code = "too_large"
    default_detail = _("Isi permintaan paling besar 1 MB.")


def _no_constants(name: str) -> None:
    message = f"{name} is not JSON"
    raise ValueError(message)


class BoundedJsonParser(JSONParser):
    """JSON in UTF-8, at most a megabyte; anything unreadable, however deep, is 400."""

    def parse(self, stream: IO[Any], media_type: Any = None, parser_context: Any = None) -> Any:
        """Return the values of the body."""
        del media_type, parser_context
        raw = stream.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise TooLarge
        try:
            return json.loads(raw.decode(), parse_constant=_no_constants)
        except (ValueError, RecursionError) as error:
            message = _("Isi permintaan bukan JSON yang utuh.")
            raise exceptions.ParseError(message) from error


class BoundedFormParser(MultiPartParser):
    """A form with a file; its length is looked at before anything is read, anything unreadable is 400."""

    most_bytes = MOST_FORM_BYTES
    too_large = _("Berkasnya lebih dari 8 MB. Kecilkan dulu, lalu unggah lagi.")

    def parse(self, stream: IO[Any], media_type: Any = None, parser_context: Any = None) -> Any:
        """Return the fields and files of the body."""
        length = parser_context["request"].META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > self.most_bytes:
            raise TooLarge(self.too_large)
        try:
            return super().parse(stream, media_type, parser_context)
        except SuspiciousOperation as error:
            message = _("Isi permintaan bukan formulir yang utuh.")
            raise exceptions.ParseError(message) from error


class BoundedPicturesParser(BoundedFormParser):
    """A form with several pictures, each of which may be as large as a lone file."""

    most_bytes = MOST_PICTURES_BYTES
    too_large = _("Foto-fotonya terlalu besar sekaligus. Kecilkan dulu, atau kirim bertahap.")


class AlwaysJson(DefaultContentNegotiation):
    """Whatever a client says it accepts, it gets JSON."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> tuple[BaseRenderer, str]:
        """Return the first renderer."""
        del request, format_suffix
        return renderers[0], renderers[0].media_type


class Door(APIView):
    """What all addresses share."""

    access: ClassVar[str]
    parser_classes: Sequence[type[BaseParser]] = (BoundedJsonParser,)
    content_negotiation_class = AlwaysJson


class PublicView(Door):
    """Anybody may enter; a token is neither needed nor read, so what is read here is the same for everybody.

    It is kept for a second like a public page; what is served from there costs nothing and counts for no limit.
    """

    access = "public"
    is_for_everybody: ClassVar[bool] = True  # read by the page cache before the answer is made
    authentication_classes = ()
    permission_classes = (AllowAny,)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Mark the answer as one for everybody."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.is_for_everybody = True  # type: ignore[attr-defined]  # read by the page cache
        return answer


class SignedInView(Door):
    """People with a token."""

    access = "signed_in"
    permission_classes: Sequence[type[BasePermission]] = (IsAuthenticated,)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Tell everybody on the way not to keep what one person sees."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer


class NowhereView(PublicView):
    """What lies at no address of the API is a problem like any other."""

    throttle_classes = ()
    is_for_everybody = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Say so whatever the method."""
        del request, args, kwargs
        raise Http404

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """Never reached."""
        del request
        raise Http404


def read(shape: type[serializers.Serializer[Any]], said: Any) -> dict[str, Any]:
    """Return what was said in the right shape; raises ValidationError, answered as 422."""
    asked = shape(data=said)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


def caller(request: Request) -> int:
    """Return the id of the person whose token this is."""
    return int(request.user.pk or 0)
