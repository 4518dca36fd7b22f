"""The API's description: OpenAPI, and a page to read it by."""

from __future__ import annotations

from drf_spectacular.renderers import OpenApiJsonRenderer2
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.kit.api_doors import AlwaysJson


class SchemaView(SpectacularAPIView):
    """OpenAPI 3.1 as JSON."""

    access = "public"
    authentication_classes = ()
    content_negotiation_class = AlwaysJson
    renderer_classes = [OpenApiJsonRenderer2]

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        """Answer the whole description."""
        return super().get(request, *args, **kwargs)  # type: ignore[no-any-return,no-untyped-call]


class DocsView(SpectacularSwaggerSplitView):
    """The description as a page without inline script."""

    access = "public"
    authentication_classes = ()
    url_name = "api:schema"
