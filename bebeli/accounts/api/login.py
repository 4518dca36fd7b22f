"""Getting and giving back a token."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.utils.translation import gettext as _
from rest_framework import serializers, status
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.accounts import tokens
from bebeli.accounts.adapter import account_mark
from bebeli.accounts.models import User
from bebeli.kit import logs
from bebeli.kit.api import problem_response
from bebeli.kit.api_doors import PublicView, SignedInView, read
from bebeli.kit.api_schema import operation
from bebeli.kit.throttle import LoginThrottle, NetworkThrottle


class LoginSerializer(serializers.Serializer[Any]):
    """Who logs in."""

    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=256, trim_whitespace=False)


class TokenShape(serializers.Serializer[Any]):
    """A key to the API, told this once."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField()


def is_unproved(user: User) -> bool:
    """Tell whether the person has not yet shown that the e-mail address is theirs."""
    rows = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=False)
    return bool(rows.exists())


class LoginView(PublicView):
    """The login."""

    throttle_classes = (LoginThrottle, NetworkThrottle)

    @operation("login", "auth", TokenShape, body=LoginSerializer, fails=(401, 409))
    def post(self, request: Request) -> Response:
        """Answer a token; the same answer for an unknown e-mail and a wrong password."""
        said = read(LoginSerializer, request.data)
        user = authenticate(request._request, email=said["email"].lower(), password=said["password"])  # noqa: SLF001  Django's own wants Django's request
        if not isinstance(user, User):
            logs.security("login_failed", account=account_mark(said["email"]))
            message = _("Surel atau kata sandi tidak cocok. Periksa lagi.")
            raise AuthenticationFailed(message)
        if is_unproved(user):
            return problem_response(409, "email_unproved", _("Konfirmasi dulu surel Anda dengan kode yang kami kirim."))
        token, expires_at = tokens.issue(user)
        logs.security("token_given", user_id=user.pk)
        return Response({"token": token, "expires_at": expires_at})


class LogoutView(SignedInView):
    """The logout."""

    @operation("logout", "auth", None, status=204, fails=(401,))
    def post(self, request: Request) -> Response:
        """End the token that was sent."""
        tokens.revoke(tokens.bearer(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
