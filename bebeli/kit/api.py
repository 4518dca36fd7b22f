"""What every API door shares: problem JSON, lists by cursor, the idempotency key."""

from __future__ import annotations

import math
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import set_rollback

from bebeli.kit.errors import InvalidInput, Refused

MEDIA_TYPE = "application/problem+json"
KEY_LENGTH = 255
MEMBERS = frozenset({"type", "title", "status", "code", "detail", "headers"})  # nothing else may cover these


def problem_response(
    status: int,
    code: str,
    title: str,
    detail: str = "",
    headers: dict[str, str] | None = None,
    **more: Any,
) -> Response:
    """Return RFC 9457 problem JSON with a stable code."""
    body = {"type": f"urn:bebeli:{code}", "title": title, "status": status, "code": code}
    if detail:
        body["detail"] = detail
    return Response({**body, **more}, status=status, headers=headers, content_type=MEDIA_TYPE)


def problem(error: Exception, _context: dict[str, Any]) -> Response | None:
    """Turn what a door raised into problem JSON; None lets a real fault through."""
    set_rollback()
    if isinstance(error, Refused):
        return _refused(error)
    if isinstance(error, (Http404, ObjectDoesNotExist)):
        return problem_response(404, "not_found", _("Tidak ditemukan"))
    if isinstance(error, PermissionDenied):
        return problem_response(403, "forbidden", _("Tidak diizinkan"))
    if isinstance(error, (OperationalError, InterfaceError)):
        return problem_response(503, "unavailable", _("Layanan sedang terganggu"), headers={"Retry-After": "5"})
    if isinstance(error, exceptions.APIException):
        return _framework(error)
    return None


def _refused(error: Refused) -> Response:
    more = {f"present_{name}" if name in MEMBERS else name: value for name, value in error.extra.items()}
    wait = more.pop("retry_after", None)
    headers = {"Retry-After": str(wait)} if wait is not None else None
    if error.field:
        more["errors"] = {error.field: [str(error.message)]}
    return problem_response(error.status, error.code, str(error.message), headers=headers, **more)


def _framework(error: exceptions.APIException) -> Response:
    headers: dict[str, str] = {}
    if isinstance(error, exceptions.AuthenticationFailed | exceptions.NotAuthenticated):
        headers["WWW-Authenticate"] = getattr(error, "auth_header", "Bearer")
        return problem_response(401, "not_authenticated", _("Masuk dulu"), str(error.detail), headers)
    if isinstance(error, exceptions.Throttled):
        wait = math.ceil(getattr(error, "wait", None) or 1)
        return problem_response(429, "too_many", _("Terlalu sering, coba lagi nanti"), "", {"Retry-After": str(wait)})
    if isinstance(error, exceptions.ValidationError):
        return problem_response(422, "invalid", _("Ada isian yang perlu diperbaiki"), errors=error.detail)
    code = error.get_codes()
    name = code if isinstance(code, str) else "invalid"
    return problem_response(error.status_code, name, str(error.detail), headers=headers)


class Cursor(CursorPagination):
    """Lists as `{results, next, previous}`."""

    page_size = 24
    page_size_query_param = "page_size"
    max_page_size = 100
    ordering = "-id"

    def get_paginated_response(self, data: Any) -> Response:
        """Answer exactly the three keys."""
        return Response({"results": data, "next": self.get_next_link(), "previous": self.get_previous_link()})


def listing(results: list[Any]) -> Response:
    """Answer a short list whole, in the shape of every list."""
    return Response({"results": results, "next": None, "previous": None})


def idempotency_key(request: Request) -> str:
    """Return the required Idempotency-Key; raises InvalidInput when missing or too long."""
    key: str = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        raise InvalidInput("idempotency_key_required", _("Sertakan header Idempotency-Key."), field="Idempotency-Key")
    if len(key) > KEY_LENGTH:
        raise InvalidInput("idempotency_key_too_long", _("Idempotency-Key paling panjang 255."), field="Idempotency-Key")
    return key
