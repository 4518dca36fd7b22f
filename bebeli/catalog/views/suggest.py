"""Suggestions while typing, for the search form of every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from bebeli.catalog.suggesting import suggest
from bebeli.kit.access import public
from bebeli.kit.page_cache import for_everybody

SECONDS = 60


@public
@for_everybody
@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """The rows of the list under the search field; the same for everybody, so caches may keep them a minute."""
    rows = suggest(request.GET.get("q", ""))
    response = render(request, "catalog/_suggestions.html", {"rows": rows})
    patch_cache_control(response, public=True, max_age=SECONDS)
    return response
