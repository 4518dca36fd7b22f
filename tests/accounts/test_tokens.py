"""Keys to the API: kept as a hash, ended by time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from bebeli.accounts import tokens
from bebeli.accounts.models import ApiToken, User
from bebeli.kit import clock, codes
from tests.accounts.people import person

pytestmark = pytest.mark.django_db


def enter(header: str) -> tuple[User, ApiToken] | None:
    request = Request(APIRequestFactory().get("/", headers={"Authorization": header} if header else {}))
    return tokens.TokenAuthentication().authenticate(request)


def test_only_the_hash_is_kept() -> None:
    user = person()
    token, expires_at = tokens.issue(user)
    kept = ApiToken.objects.get()
    assert kept.digest == codes.digest(token)
    assert token not in str(ApiToken.objects.values().get())
    assert kept.expires_at == expires_at
    assert timedelta(days=29, hours=23) < expires_at - clock.now() <= timedelta(days=30)
    assert enter(f"Bearer {token}") == (user, kept)


@pytest.mark.parametrize("header", ["Bearer", "Bearer salah", "Bearer a b", "Bearer \xff"])
def test_a_wrong_one_is_refused(header: str) -> None:
    with pytest.raises(AuthenticationFailed):
        enter(header)


def test_without_a_token_one_is_nobody() -> None:
    assert enter("") is None
    assert enter("Basic abc") is None


def test_it_ends_by_time_by_logout_and_with_its_owner() -> None:
    user = person()
    token, _until = tokens.issue(user)
    with clock.moved(timedelta(days=30, seconds=1)), pytest.raises(AuthenticationFailed):
        enter(f"Bearer {token}")
    tokens.revoke(ApiToken.objects.get())
    with pytest.raises(AuthenticationFailed):
        enter(f"Bearer {token}")
    other, _until = tokens.issue(user)
    User.objects.update(is_active=False)
    with pytest.raises(AuthenticationFailed):
        enter(f"Bearer {other}")


def test_use_is_noted_once_a_minute() -> None:
    token, _until = tokens.issue(person())
    enter(f"Bearer {token}")
    first = ApiToken.objects.get().last_used_at
    enter(f"Bearer {token}")
    assert ApiToken.objects.get().last_used_at == first
    with clock.moved(timedelta(seconds=61)):
        enter(f"Bearer {token}")
    later = ApiToken.objects.get().last_used_at
    assert first is not None
    assert later is not None
    assert later > first
