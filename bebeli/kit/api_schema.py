"""How the API describes itself: problems, lists, and one decorator for an operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers

from bebeli.kit.api import KEY_LENGTH, MEDIA_TYPE

F = TypeVar("F", bound=Callable[..., Any])
Shape = type[serializers.Serializer[Any]] | serializers.Serializer[Any]

WORDS = {
    400: "Unreadable body",
    401: "No token, or an ended one",
    403: "The second factor must be shown first",
    404: "Not there, or not yours",
    409: "The world does not allow it; `code` says why",
    413: "Body too large",
    415: "Another kind of body than is asked for",
    422: "Wrong input; `errors` says where",
    429: "Too often; wait for Retry-After seconds",
}
WITH_BODY = (400, 413, 415, 422)

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": KEY_LENGTH},
    OpenApiParameter.HEADER,
    required=True,
    description="The same key and body answer the first 201 again; the same key with another body is 422.",
)


class Problem(serializers.Serializer[Any]):
    """RFC 9457, with a stable `code`."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField(required=False)
    errors = serializers.DictField(required=False, help_text="texts by field, nested as the body is")  # type: ignore[assignment]


@cache
def list_of(shape: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """Return the shape of a list: `{results, next, previous}`."""
    return inline_serializer(
        f"{shape.__name__}List",
        {
            "results": shape(many=True),
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
        },
    )


def operation(  # noqa: PLR0913  the parts of an OpenAPI operation
    name: str,
    tag: str,
    answer: Shape | None,
    *,
    status: int = 200,
    body: Shape | Mapping[str, Shape] | None = None,
    query: Shape | None = None,
    parameters: Sequence[OpenApiParameter] = (),
    fails: Sequence[int] = (),
    also: dict[int, Shape] | None = None,
) -> Callable[[F], F]:
    """Describe an operation; every problem it may answer has the one shape."""
    problems = sorted({*fails, 429, *(WITH_BODY if body is not None else ())})
    responses: dict[Any, Any] = {status: OpenApiResponse(answer, _said(status)), **(also or {})}
    for code in problems:
        responses[(code, MEDIA_TYPE)] = OpenApiResponse(Problem, WORDS[code])
    asked: list[Any] = [*parameters]
    if query is not None:
        asked.append(query)
        responses[(422, MEDIA_TYPE)] = OpenApiResponse(Problem, WORDS[422])
    return extend_schema(operation_id=name, tags=[tag], request=body, responses=responses, parameters=asked)


def _said(status: int) -> str:
    return {200: "Done", 201: "Made", 202: "Asked for", 204: "Gone"}[status]
