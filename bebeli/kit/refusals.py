"""Turns a refusal that a page's door let through into a friendly page; JSON doors answer for themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from bebeli.kit.errors import Busy, Refused

R = TypeVar("R")

DATABASE_AWAY = (OperationalError, InterfaceError)


def away() -> HttpResponse:
    """The page for a lost database. It is drawn without the request: the usual shell would ask the database."""
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "5"})


def or_away(draw: Callable[[], R]) -> R | HttpResponse:
    """Draw a refusal; its shell asks the database, which may go at that moment."""
    try:
        return draw()
    except DATABASE_AWAY:
        return away()


class RefusalMiddleware:
    """Renders `Refused` as 409 (or its status), a lost database as 503, a NUL asked for as 400, each with what to do next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for what a page let through."""
        return or_away(lambda: self._answer(request, error))

    def _answer(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            response = render(request, "refused.html", {"refusal": error}, status=error.status)
            if isinstance(error, Busy):
                response.headers["Retry-After"] = "1"
            return response
        if isinstance(error, Http404):
            return render(request, "404.html", status=404)
        if isinstance(error, DATABASE_AWAY):
            return away()
        if isinstance(error, DataError) and "NUL" in str(error):  # nobody types it, and no text in Postgres holds it
            return render(request, "400.html", status=400)
        return None
