"""Keys to the API: shown once, kept as a hash, ended by time or by logging out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from django.db.models import Q
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from bebeli.accounts.models import ApiToken, User
from bebeli.kit import clock, codes

LIFE = timedelta(days=30)
NOTED_EVERY = timedelta(minutes=1)
KEYWORD = b"bearer"


def issue(user: User) -> tuple[str, datetime]:
    """Return a new token and when it ends."""
    token = codes.random_token()
    expires_at = clock.now() + LIFE
    ApiToken.objects.create(user=user, digest=codes.digest(token), expires_at=expires_at, created_at=clock.now())
    return token, expires_at


def bearer(request: Request) -> ApiToken:
    """Return the token a request came with; the door has let it in already."""
    return cast("ApiToken", request.auth)


def second_factor_shown(token: ApiToken) -> datetime:
    """Write down that the owner has just shown the second factor with it; returns when."""
    now = clock.now()
    ApiToken.objects.filter(pk=token.pk).update(second_factor_at=now)
    return now


def revoke(token: ApiToken) -> None:
    """End a token."""
    ApiToken.objects.filter(pk=token.pk).delete()


def revoke_all(user: User) -> None:
    """End all of a person's tokens."""
    ApiToken.objects.filter(user=user).delete()


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the person and the token; None without the header."""
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != KEYWORD:
            return None
        if len(parts) != 2:  # noqa: PLR2004  the word and the token
            raise AuthenticationFailed
        text = parts[1].decode("ascii", "replace")
        now = clock.now()
        found = ApiToken.objects.select_related("user").filter(
            digest=codes.digest(text), expires_at__gt=now, user__is_active=True
        )
        token = found.first()
        if token is None:
            raise AuthenticationFailed
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now - NOTED_EVERY)
        if token.last_used_at is None or token.last_used_at < now - NOTED_EVERY:
            ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Return what a caller without a token is asked for."""
        del request
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the schema names it."""

    target_class = "bebeli.accounts.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """Describe an HTTP bearer token."""
        del auto_schema
        return {"type": "http", "scheme": "bearer"}
