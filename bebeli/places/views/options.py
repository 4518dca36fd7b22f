"""Options of a dependent select: what lies directly below a region."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from bebeli.kit.access import public
from bebeli.places.models import Region


@public
@require_GET
@cache_control(public=True, max_age=86_400)
def options(request: HttpRequest) -> HttpResponse:
    """Answer `<option>`s for the region named by `parent`; a garbage code gives the empty choice alone."""
    rows = Region.objects.children(request.GET.get("parent", "")[:13])
    return render(request, "places/_options.html", {"regions": rows})
