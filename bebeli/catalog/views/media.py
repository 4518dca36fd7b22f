"""Public pictures in the demo; in production a proxy or an object store serves them."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from bebeli.kit.access import public

TYPES = {"avif": "image/avif", "webp": "image/webp"}
FOR_EVER = "public, max-age=31536000, immutable"


@public  # type: ignore[type-var]  # a streamed answer
@require_safe
def media(_request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve a derivative: its name is the hash of what it shows, so it never changes."""
    try:
        picture = default_storage.open(name)
    except OSError as error:
        raise Http404 from error
    kind = TYPES[name.rpartition(".")[2]]
    return FileResponse(picture, content_type=kind, headers={"Cache-Control": FOR_EVER})
