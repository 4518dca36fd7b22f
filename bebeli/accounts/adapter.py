"""How allauth speaks with people here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bebeli.accounts import login_steps
from bebeli.accounts.models import Consent, User
from bebeli.kit.throttle import network_of

TERMS_VERSION = "2026-11"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Our mails, our merge of carts, our idea of an address on the network."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The caller's address; X-Forwarded-For counts only from a listed proxy."""
        return network_of(request) or ""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send; links are made from the configured address, never from the Host header."""
        super().send_mail(template_prefix, email, {**context, "base_url": settings.BASE_URL})

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002  allauth's signature
        """Write the name and the consent along."""
        user.name = form.cleaned_data.get("name", "")
        saved: User = super().save_user(request, user, form, commit)
        if commit:
            Consent.objects.create(user=saved, purpose="terms", version=TERMS_VERSION, given=True)
        return saved

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Let other rooms do their part: the cart merges here."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        login_steps.run(request, user)
        return response
