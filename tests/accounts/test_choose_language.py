"""Choosing the language one is written to in."""

from __future__ import annotations

import pytest

from bebeli.accounts.actions.choose_language import choose_language
from tests import world

pytestmark = pytest.mark.django_db


def test_only_ones_own_language_changes() -> None:
    person, other = world.user(), world.user()
    choose_language(person.pk, "en")
    for one, language in ((person, "en"), (other, "id")):
        one.refresh_from_db()
        assert one.language == language
