"""The in-app inbox."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bebeli.kit.access import signed_in
from bebeli.kit.paging import page
from bebeli.notices.actions import read
from bebeli.notices.models import InboxMessage

PAGE = 20


@signed_in
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """List one's own messages, newest first."""
    rows = page(InboxMessage.objects.of(request.user.pk), ("-id",), request.GET.get("cursor", ""), PAGE)
    return render(request, "notices/inbox.html", {"page": rows})


@signed_in
@require_GET
def open_message(request: HttpRequest, message_id: int) -> HttpResponse:
    """Mark a message as read and go where it leads; somebody else's does not exist."""
    try:
        message = read.read_message(request.user.pk or 0, message_id)
    except InboxMessage.DoesNotExist as error:
        raise Http404 from error
    return redirect(message.url or "notices:inbox")


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    read.read_all(request.user.pk or 0)
    messages.success(request, _("Semua pesan ditandai sudah dibaca."))
    return redirect("notices:inbox")
