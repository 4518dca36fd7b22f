"""The second factor of a token: shown with a real code, each code once, limited like a password, kept with that token alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from structlog.testing import capture_logs

from bebeli.accounts import fresh
from bebeli.accounts.models import ApiToken
from bebeli.kit import clock
from tests import world
from tests.api.conftest import Api, problem
from tests.phones import Phones

pytestmark = pytest.mark.django_db
WHERE = "auth/second-factor/"
NOW = timedelta(seconds=5)


def test_a_code_of_the_app_is_written_on_this_token_alone(phones: Phones) -> None:
    person = phones.set_up(world.user())
    mine, other = Api(person), Api(person)
    with capture_logs() as lines:
        said = mine.post(WHERE, {"code": phones.code(person)})
    assert said.status_code == 200
    until = {name: datetime.fromisoformat(at) - clock.now() for name, at in said.json().items()}
    assert timedelta(minutes=5) - NOW < until["valid_until"] <= timedelta(minutes=5)
    assert timedelta(hours=12) - NOW < until["reads_until"] <= timedelta(hours=12)
    assert [row.second_factor_at is None for row in ApiToken.objects.order_by("pk")] == [False, True]
    assert {"event": "second_factor_shown", "user_id": person.pk, "log_level": "info"} in lines
    assert other.token != mine.token


def test_a_wrong_code_is_said_at_its_field_and_written_down(phones: Phones) -> None:
    person, stranger = phones.set_up(world.user()), phones.set_up(world.user())
    caller = Api(person)
    for code in ("000000x", phones.code(stranger), phones.secrets[person.pk][:40]):
        with capture_logs() as lines:
            answer = caller.post(WHERE, {"code": code})
        assert list(problem(answer, 422, "wrong_code")["errors"]) == ["code"]
        assert {"event": "second_factor_refused", "code": "incorrect_code", "log_level": "info"} in lines
    assert not ApiToken.objects.exclude(second_factor_at=None).exists()
    problem(caller.post(WHERE, {}), 422, "invalid")


def test_a_code_counts_once_with_whatever_token(phones: Phones) -> None:
    person = phones.set_up(world.user())
    code = phones.code(person)
    assert Api(person).post(WHERE, {"code": code}).status_code == 200
    assert phones.same_code(person) == code
    problem(Api(person).post(WHERE, {"code": code}), 422, "wrong_code")
    assert ApiToken.objects.exclude(second_factor_at=None).count() == 1
    assert Api(person).post(WHERE, {"code": phones.code(person)}).status_code == 200


def test_a_spare_code_counts_once_too(phones: Phones) -> None:
    person = phones.set_up(world.user())
    spare = RecoveryCodes.activate(person).get_unused_codes()[0]
    assert Api(person).post(WHERE, {"code": spare}).status_code == 200
    problem(Api(person).post(WHERE, {"code": spare}), 422, "wrong_code")


def test_without_an_app_one_is_told_to_set_it_up(guest: Api) -> None:
    assert "Pasang dulu" in problem(Api(world.user()).post(WHERE, {"code": "123456"}), 409, "no_second_factor")["title"]
    problem(guest.post(WHERE, {"code": "123456"}), 401, "not_authenticated")


def test_wrong_codes_are_limited_for_the_account_and_not_for_others(phones: Phones, settings: Any) -> None:
    settings.RATE_LIMITS = True
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "300/m/ip,5/300s/key"}
    person, other = phones.set_up(world.user()), phones.set_up(world.user())
    tries = [Api(person).post(WHERE, {"code": "x"}) for _number in range(6)]
    assert [answer.status_code for answer in tries] == [422] * 5 + [429]
    assert problem(tries[-1], 429, "too_many")
    assert tries[-1].headers["Retry-After"] == "300"
    problem(Api(person).post(WHERE, {"code": phones.code(person)}), 429, "too_many")
    assert Api(other).post(WHERE, {"code": phones.code(other)}).status_code == 200


def test_any_codes_are_limited_like_a_password(phones: Phones, settings: Any) -> None:
    settings.RATE_LIMITS, settings.ACCOUNT_RATE_LIMITS = True, False
    person = phones.set_up(world.user())
    tries = [Api(person).post(WHERE, {"code": "x"}).status_code for _number in range(11)]
    assert tries == [422] * 10 + [429]


@pytest.mark.parametrize(("seconds", "is_recent"), [(0, True), (299, True), (300, False), (86_400, False), (None, False)])
def test_the_same_question_is_asked_of_browsers_and_tokens(seconds: int | None, *, is_recent: bool, settings: Any) -> None:
    settings.DEBUG = False
    at = None if seconds is None else clock.now() - timedelta(seconds=seconds)
    token = ApiToken(user=world.user(), second_factor_at=at)
    assert fresh.second_factor_of_token_within(token, fresh.MINUTES_OF_MONEY) is is_recent
    settings.DEBUG = True
    assert fresh.second_factor_of_token_within(token, fresh.MINUTES_OF_MONEY)
