"""Which language a request is answered in, and which one its reader has chosen."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

LANGUAGES = ("id", "en")
ENGLISH = "/en"
YEAR = 60 * 60 * 24 * 365


class LanguageMiddleware(LocaleMiddleware):
    """Pages: the address alone decides. The API has one address for all languages: what the caller accepts decides."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language."""
        super().process_request(request)
        if request.path_info.startswith("/api/"):
            translation.activate(translation.get_language_from_request(request))
            request.LANGUAGE_CODE = translation.get_language() or LANGUAGES[0]


def chosen(request: HttpRequest) -> str:
    """Return the language that was chosen in this browser, '' for none."""
    said = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return said if said in LANGUAGES else ""


def remember(response: HttpResponse, language: str) -> None:
    """Keep the choice in this browser for a year."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def now() -> str:
    """Return the language of what is being answered."""
    language = translation.get_language()
    return language if language in LANGUAGES else LANGUAGES[0]


def in_language(path: str, language: str) -> str:
    """Return the address of the same page in a language; a query stays."""
    bare = path.removeprefix(ENGLISH) if path.startswith(f"{ENGLISH}/") else path
    return f"{ENGLISH}{bare}" if language == "en" else bare
