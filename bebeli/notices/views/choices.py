"""How one wants one's mails: chosen with a login, or left by the link in a mail without one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bebeli.kit.access import public, signed_in
from bebeli.notices import kinds
from bebeli.notices.actions.choose_pace import choose_pace
from bebeli.notices.forms import PaceForm
from bebeli.notices.leaving import opened
from bebeli.notices.models import MailChoice


@signed_in
@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """Show the groups that concern the reader; the fixed ones with their reason."""
    me = request.user.pk or 0
    concerning = [group for group in kinds.groups() if group.concerns(me)]
    mine = {group: pace for (_user_id, group), pace in MailChoice.objects.all().paces({me}).items()}
    form = PaceForm(
        [group for group in concerning if not group.is_fixed], mine, request.POST if request.method == "POST" else None
    )
    if form.is_valid():
        choose_pace(me, form.cleaned_data)
        messages.success(request, _("Pilihan surel disimpan."))
        return redirect("notices:choices")
    context = {"form": form, "fixed": [group for group in concerning if group.is_fixed]}
    return render(request, "notices/choices.html", context, status=422 if form.errors else 200)


@public
@csrf_exempt  # the sealed token in the address is the permission, and mail programs post it without a page of ours
@never_cache
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button, and on POST, a person's or a mail program's, send no more mails of these groups."""
    said = opened(token)
    if said is None:
        raise Http404
    if request.method == "POST":
        choose_pace(said.user_id, dict.fromkeys((group.name for group in said.groups), MailChoice.Pace.OFF))
    response = render(request, "notices/leave.html", {"groups": said.groups, "is_done": request.method == "POST"})
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
