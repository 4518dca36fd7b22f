"""Django's own middleware that may reach for the database after the page is made: when it is away, 503 and never 500."""

from __future__ import annotations

from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

from bebeli.kit.refusals import DATABASE_AWAY, away


class CalmSessionMiddleware(SessionMiddleware):
    """Saving the session may find the database gone."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save, or say that we are away: the same key pressed again gives the same purchase."""
        try:
            return super().process_response(request, response)
        except DATABASE_AWAY:
            return away()


class CalmMessageMiddleware(MessageMiddleware):
    """Messages wait in the session, which may have to be read first."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Keep what was not shown yet, or say that we are away."""
        try:
            return super().process_response(request, response)
        except DATABASE_AWAY:
            return away()
