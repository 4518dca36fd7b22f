"""Gives every request an id that all its log lines carry; logs no query, body or cookie."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("bebeli.request")

SERVER_ERROR = 500


class RequestLogMiddleware:
    """Binds `request_id` and answers with it in X-Request-ID."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        request_id = secrets.token_hex(8)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request_id
        if response.status_code >= SERVER_ERROR:
            log.error("answered", method=request.method, path=request.path, status=response.status_code)
        return response
