"""How a page's button answers: a sentence above the page it came from, or at the field that was wrong."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from bebeli.kit.errors import Busy, InvalidInput, Refused
from bebeli.kit.steps import retried
from bebeli.kit.storage import NoRoom

Errors = dict[str, str]


def act(
    request: HttpRequest,
    call: Callable[[], object],
    done: str,
    back: str,
    show: Callable[[Errors], HttpResponse] | None = None,
    otherwise: str = "",
) -> HttpResponse:
    """Call a verb and go back with a sentence; a row held elsewhere is tried once more.

    Where the input itself is wrong, `show` makes the page again with what was typed and the words by field.
    `otherwise` is where a refusal leads when `back` is there only once the call is done.
    """
    try:
        retried(call)
    except Refused as refusal:
        if show is not None and (refusal.field or isinstance(refusal, InvalidInput)):
            return show({refusal.field or "": str(refusal.message)})
        messages.error(request, str(refusal.message))
        if show is not None and isinstance(refusal, (Busy, NoRoom)):  # pressed again in a moment, with what was typed
            return show({})
        return redirect(otherwise or back)
    if done:
        messages.success(request, done)
    return redirect(back)
