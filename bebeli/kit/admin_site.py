"""The operators' site: staff only, with a second factor once DEBUG is off."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from bebeli.kit import logs


def needs_second_factor(request: HttpRequest) -> bool:
    """Tell whether a person would get in, but for the second factor they have not set up; the login asks those who have."""
    return not settings.DEBUG and not is_mfa_enabled(request.user)


class OperatorSite(AdminSite):
    """Its login is the shop's own."""

    site_header = "BEBELI"
    site_title = "BEBELI"
    index_title = _("Pengelolaan")

    def has_permission(self, request: HttpRequest) -> bool:
        """Active staff who proved themselves twice."""
        return super().has_permission(request) and not needs_second_factor(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead visitors to the shop's login, staff without a second factor to its set-up, and nobody else in."""
        del extra_context
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", request.path))
        if super().has_permission(request):
            return redirect("mfa_activate_totp")
        logs.security("role_refused", role="staff", user_id=request.user.pk)
        raise PermissionDenied
