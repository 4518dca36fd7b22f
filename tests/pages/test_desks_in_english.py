"""The desks of makers, the office and finance, read in English: nothing Indonesian but what people wrote."""

from __future__ import annotations

import pytest

from demo.translations import load
from tests.pages.reading import Ear
from tests.pages.shown import audience, looks

pytestmark = pytest.mark.django_db
DESKS = {"owner_a", "officer", "finance", "auditor"}


def test_the_desks_speak_english() -> None:
    indonesian = Ear(load())
    things, browsers = audience()
    heard = []
    for who, path, browser in looks(things, browsers):
        if who in DESKS:
            answer = browser.get(f"/en{path}")
            assert answer.status_code == 200, path
            heard += [f"{who} {path}: {words}" for words in indonesian.heard(answer.content.decode(), apart_from="id")]
    assert heard == []
