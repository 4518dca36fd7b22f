"""Choosing a language: the same page in it, and remembered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from bebeli.accounts.actions.choose_language import choose_language
from bebeli.kit.access import public
from bebeli.kit.language import LANGUAGES, in_language, remember


@public
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Turn to the other language. No token: checked by origin, so that public pages stay cacheable."""
    language = request.POST.get("bahasa", "")
    if language not in LANGUAGES:
        language = LANGUAGES[0]
    back = request.POST.get("kembali", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    if request.user.is_authenticated:
        choose_language(request.user.pk or 0, language)
    response = redirect(in_language(back if is_ours else "/", language))
    remember(response, language)
    return response
