"""Getting and giving back a token."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress

from bebeli.accounts.models import ApiToken
from bebeli.kit import codes
from tests import world
from tests.api.conftest import Api, problem


def test_login_answers_a_token_that_is_stored_hashed(guest: Api) -> None:
    user = world.user()
    said = guest.post("auth/login/", {"email": user.email.upper(), "password": world.PASSWORD})
    assert said.status_code == 200
    body = said.json()
    assert set(body) == {"token", "expires_at"}
    assert ApiToken.objects.get().digest == codes.digest(body["token"])
    assert guest.get("cart/", Authorization=f"Bearer {body['token']}").status_code == 200


def test_unknown_and_wrong_are_answered_alike(guest: Api) -> None:
    user = world.user()
    wrong = guest.post("auth/login/", {"email": user.email, "password": "bukan-sandinya-ini"})
    unknown = guest.post("auth/login/", {"email": "siapa@example.com", "password": "bukan-sandinya-ini"})
    assert wrong.json() == unknown.json()
    problem(wrong, 401, "not_authenticated")


def test_an_unproved_address_gets_no_token(guest: Api) -> None:
    user = world.user()
    EmailAddress.objects.filter(user=user).update(verified=False)
    problem(guest.post("auth/login/", {"email": user.email, "password": world.PASSWORD}), 409, "email_unproved")
    assert not ApiToken.objects.exists()


def test_logout_ends_the_token(api: Any) -> None:
    caller = api(world.user())
    assert caller.post("auth/logout/").status_code == 204
    problem(caller.get("cart/"), 401, "not_authenticated")


@pytest.mark.parametrize(
    "body",
    [[], 3, "x", None, {"email": "a", "password": ""}, {"email": "\ud800@x.id"}, {"email": {}, "password": []}],
)
def test_wrong_shapes_are_422(guest: Api, body: Any) -> None:
    assert "errors" in problem(guest.post("auth/login/", body if body is not None else {}), 422, "invalid")


def test_tries_for_one_address_are_limited(guest: Api, settings: Any) -> None:
    settings.RATE_LIMITS = True
    tries = [guest.post("auth/login/", {"email": "x@example.com", "password": "x"}).status_code for _ in range(11)]
    assert tries == [401] * 10 + [429]
    assert int(guest.post("auth/login/", {"email": "x@example.com", "password": "x"}).headers["Retry-After"]) > 0
