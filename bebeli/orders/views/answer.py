"""How a page's button answers: a sentence above the page it came from, or at the field that was wrong."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from bebeli.kit.errors import Busy, InvalidInput, Refused

Errors = dict[str, str]


def act(
    request: HttpRequest,
    call: Callable[[], object],
    done: str,
    back: str,
    show: Callable[[Errors], HttpResponse] | None = None,
) -> HttpResponse:
    """Call a verb and go back with a sentence; a row held elsewhere is tried once more.

    Where the input itself is wrong, `show` makes the page again with what was typed and the words by field.
    """
    try:
        try:
            call()
        except Busy:
            call()
    except InvalidInput as refusal:
        if show is not None:
            return show({refusal.field or "": str(refusal.message)})
        messages.error(request, str(refusal.message))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        if show is not None and isinstance(refusal, Busy):  # pressed again in a moment, with what was typed
            return show({})
    else:
        if done:
            messages.success(request, done)
    return redirect(back)
