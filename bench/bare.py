"""What everything is compared with: the least Django can do for a page of 30 kB, under the shop's own server."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGE = (b"<!doctype html><title>polos</title>" + b"<p>Kabupaten Bekasi Berani Beli.</p>\n" * 1000)[:30_000]


def page(_request: HttpRequest) -> HttpResponse:
    """Answer the page."""
    return HttpResponse(PAGE)


urlpatterns = [path("", page)]

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], SECRET_KEY="bare-page-without-secrets")  # noqa: S106  it signs nothing
application = get_wsgi_application()
