"""Words with pictures over the API: JSON where there are none, a form where there are some, the same fields in both."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request

from bebeli.kit.api_doors import BoundedJsonParser, BoundedPicturesParser, read
from bebeli.kit.errors import InvalidInput
from bebeli.kit.throttle import AccountThrottle, FormThrottle, NetworkThrottle
from bebeli.orders import evidence
from bebeli.orders.api.complaint_shapes import ComplainSerializer, GrievedLineSerializer, TextSerializer
from bebeli.orders.evidence import KeptPicture
from bebeli.orders.flows.complaint import with_pictures

R = TypeVar("R")

JSON, FORM = "application/json", "multipart/form-data"
Bodies = dict[str, type[serializers.Serializer[Any]]]
PARSERS = (BoundedJsonParser, BoundedPicturesParser)
THROTTLES = (AccountThrottle, NetworkThrottle, FormThrottle)


def pictures() -> serializers.ListField:
    """Return the field of pictures; how many there may be is said where they are kept, as on the web."""
    return serializers.ListField(
        child=serializers.FileField(),
        required=False,
        default=list,
        help_text="JPG, PNG or WebP of at most 8 MB each, five at the most; kept without their metadata",
    )


class TextFormSerializer(TextSerializer):
    """Words that the other side reads, with pictures."""

    pictures = pictures()


class LinesField(serializers.CharField):
    """Lines as one text of JSON: a form has no lists of objects."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the lines, in the shape they have in JSON."""
        try:
            said = json.loads(super().to_internal_value(data))
        except (ValueError, RecursionError) as error:
            raise serializers.ValidationError(_("Isi sebagai daftar JSON.")) from error
        lines = GrievedLineSerializer(data=said, many=True)
        lines.is_valid(raise_exception=True)
        return lines.validated_data


class ComplainFormSerializer(ComplainSerializer):
    """What is wrong, and what is wished, with pictures."""

    lines = LinesField(help_text='JSON as in the other kind of body: `[{"sku": "…", "quantity": 1}]`')  # type: ignore[assignment]
    pictures = pictures()


COMPLAIN: Bodies = {JSON: ComplainSerializer, FORM: ComplainFormSerializer}
TALK: Bodies = {JSON: TextSerializer, FORM: TextFormSerializer}


def said_in(request: Request, bodies: Bodies) -> dict[str, Any]:
    """Return what was said, by the kind of body it came in; without pictures the list of them is empty."""
    kind = FORM if isinstance(request.data, QueryDict) else JSON
    return {"pictures": [], **read(bodies[kind], request.data)}


def shown(uploads: list[UploadedFile[bytes]], act: Callable[[tuple[KeptPicture, ...]], R]) -> R:
    """Keep pictures and hand them to a verb; what is wrong with them is said at `pictures`."""
    try:
        return with_pictures(uploads, act)
    except InvalidInput as error:
        if error.field != evidence.FIELD:
            raise
        raise InvalidInput(error.code, error.message, field="pictures") from error
