"""How allauth speaks with people here."""

from __future__ import annotations

from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from bebeli.accounts import letters, login_steps, tokens
from bebeli.accounts.models import Consent, User
from bebeli.kit import codes, logs
from bebeli.kit.errors import Refused
from bebeli.kit.language import now
from bebeli.kit.throttle import network_of

TERMS_VERSION = "2026-11"
log = structlog.get_logger(__name__)


def account_mark(email: object) -> str:
    """Return what makes tries at one account comparable in the log, without its address."""
    return codes.digest(str(email or "").strip().lower())[:12]


class MailAway(Refused):
    """The mail server does not answer; nothing was sent."""

    status = 503

    def __init__(self) -> None:
        super().__init__("mail_away", _("Surel belum bisa dikirim. Tunggu sebentar, lalu coba lagi."))


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Our words and mails, our merge of carts, our idea of an address on the network."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Akun ini tidak aktif."),
        "email_password_mismatch": _("Surel atau kata sandi tidak cocok. Periksa lagi."),
        "email_taken": _("Surel ini sudah dipakai akun lain."),
        "enter_current_password": _("Kata sandi sekarang tidak cocok."),
        "incorrect_code": _("Kode tidak cocok. Periksa lagi surel terakhir."),
        "incorrect_password": _("Kata sandi tidak cocok."),
        "invalid_login": _("Surel atau kata sandi tidak cocok. Periksa lagi."),
        "invalid_password_reset": _("Kode ini sudah tidak berlaku. Minta kode baru."),
        "rate_limited": _("Tunggu sebentar sebelum meminta lagi."),
        "too_many_login_attempts": _("Terlalu sering mencoba. Tunggu beberapa menit, lalu coba lagi."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the caller's address; X-Forwarded-For counts only from a listed proxy."""
        return network_of(request) or ""

    def is_safe_url(self, url: str) -> bool:
        """Tell whether `next` stays here: only a path of our own does."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send in the reader's language, with links of the configured address, never of the Host header. Raises MailAway."""
        spoken = User.objects.filter(email=email.lower()).values_list("language", flat=True).first()
        try:
            with override(spoken or now()):
                super().send_mail(template_prefix, email, context)
        except OSError as error:  # SMTP's own errors are its children
            log.warning("mail_not_sent", template=template_prefix, error=type(error).__name__)
            raise MailAway from error

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        """Put a mail in our words and our look."""
        letter = letters.find(template_prefix, context)
        if letter is None:
            made: EmailMessage = super().render_mail(template_prefix, email, context, headers)
            return made
        return letter.mail([email] if isinstance(email, str) else email)

    def send_notification_mail(self, template_prefix: str, user: User, context: Any = None, email: Any = None) -> None:
        """Tell what already happened; without a mail server it happened all the same."""
        logs.security(template_prefix.rpartition("/")[2], user_id=user.pk)
        try:
            super().send_notification_mail(template_prefix, user, context, email)
        except MailAway:
            return

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down that a login failed, and for which account without naming it."""
        super().authentication_failed(request, **credentials)
        logs.security("login_failed", account=account_mark(credentials.get("email")), network=network_of(request))

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002  allauth's signature
        """Write the name, the language and the consent along."""
        user.name = form.cleaned_data.get("name", "")
        user.language = now()
        saved: User = super().save_user(request, user, form, commit)
        if commit:
            Consent.objects.create(user=saved, purpose="terms", version=TERMS_VERSION, given=True)
        return saved

    def set_password(self, user: User, password: str) -> None:
        """Set a new password; sessions end with the old one, and so do the keys to the API."""
        super().set_password(user, password)
        logs.security("password_set", user_id=user.pk)
        tokens.revoke_all(user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the account, through the login."""
        del request
        return reverse("accounts:profile")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Let other rooms do their part: the cart merges here."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        logs.security("login", user_id=user.pk)
        login_steps.run(request, user)
        return response
