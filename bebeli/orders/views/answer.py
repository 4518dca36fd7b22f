"""How a page's button answers: a sentence above the page it came from."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from bebeli.kit.errors import Busy, Refused


def act(request: HttpRequest, call: Callable[[], object], done: str, back: str) -> HttpResponse:
    """Call a verb, say what came of it, and go back; a row held elsewhere is tried once more."""
    try:
        try:
            call()
        except Busy:
            call()
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        if done:
            messages.success(request, done)
    return redirect(back)
