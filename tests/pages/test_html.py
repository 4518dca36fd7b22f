"""Every page is well formed: labels, names, no id twice, nothing to press inside something to press."""

from __future__ import annotations

import pytest

from tests.pages.html import faults
from tests.pages.shown import audience, looks


@pytest.mark.django_db
def test_every_page_is_well_formed() -> None:
    things, browsers = audience()
    wrong = []
    for who, path, browser in looks(things, browsers):
        response = browser.get(path)
        assert response.status_code in {200, 404}, (who, path)
        wrong += [f"{who} {path}: {words}" for words in faults(response.content.decode())]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "bad",
    [
        '<p id="a"></p><p id="a"></p>',
        '<input name="q">',
        '<label for="b">B</label><input id="a">',
        "<form><form></form></form>",
        '<a href="/"><button type="button">x</button></a>',
        '<button type="button"><svg><path d="M0"/></svg></button>',
        '<a href="/"></a>',
        '<img src="/a.png">',
        "<p><b>x</p></b>",
        '<div class="a" class="b"></div>',
        "<main>",
    ],
)
def test_the_reader_finds_what_is_wrong(bad: str) -> None:
    assert faults(bad)


@pytest.mark.parametrize(
    "good",
    [
        '<label for="a">A</label><input id="a">',
        '<label>A <input name="a"></label>',
        '<a href="/"><img src="/a.png" alt="Beranda"></a>',
        '<button type="button" aria-label="Tutup"><svg><use href="#x"/></svg></button>',
        '<input type="hidden" name="a">',
    ],
)
def test_the_reader_leaves_what_is_right(good: str) -> None:
    assert faults(good) == []
