"""The glossary names every noun and every verb, and nothing that does not exist."""

from __future__ import annotations

import re
from collections import Counter

from django.apps import apps
from django.db.models import Model
from django.utils import translation

from tests.rules.sources import ROOT, python

ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| `(\w+)` \| ([^|]+) \|$", re.MULTILINE)
VERB = re.compile(r"^@verb$", re.MULTILINE)


def rows(text: str) -> list[tuple[str, str, str, str]]:
    return ROW.findall(text)


def nouns() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("bebeli.")]


def verbs() -> set[str]:
    """Names of files in actions/ that hold a verb."""
    sources = [source for source in python("bebeli") if "/actions/" in source.path and VERB.search(source.text)]
    return {source.path.rsplit("/", 1)[1].removesuffix(".py") for source in sources}


def known() -> set[str]:
    names = verbs() | {model.__name__ for model in nouns()}
    for field in (field for model in nouns() for field in model._meta.fields):  # noqa: SLF001  Django's documented _meta
        names |= {field.name, *(str(value) for value, _words in field.flatchoices)}
    return names


def unnamed(text: str) -> set[str]:
    return (verbs() | {model.__name__ for model in nouns()}) - {code for _id, _en, code, _means in rows(text)}


def made_up(text: str) -> set[str]:
    return {code for _id, _en, code, _means in rows(text)} - known()


def test_every_noun_and_verb_stands_in_the_glossary() -> None:
    assert unnamed((ROOT / "GLOSSARY.md").read_text()) == set()


def test_every_noun_has_a_name_for_people_in_both_languages() -> None:
    named = {model: model._meta.original_attrs for model in nouns()}  # noqa: SLF001  as above
    assert [model.__name__ for model, said in named.items() if not {"verbose_name", "verbose_name_plural"} <= said.keys()] == []
    with translation.override("id"):
        indonesian = {model: str(said["verbose_name"]) for model, said in named.items()}
    with translation.override("en"):
        same = {model.__name__ for model, said in named.items() if str(said["verbose_name"]) == indonesian[model]}
    assert same == set()


def test_every_code_name_of_the_glossary_exists_once() -> None:
    text = (ROOT / "GLOSSARY.md").read_text()
    assert made_up(text) == set()
    assert [code for code, times in Counter(row[2] for row in rows(text)).items() if times > 1] == []


def test_every_line_of_a_table_is_whole() -> None:
    text = (ROOT / "GLOSSARY.md").read_text()
    lines = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| Indonesian")]
    assert len(lines) == len(rows(text)) > 0


def test_the_rules_of_the_glossary_can_fail() -> None:
    assert "Purchase" in unnamed("| pesanan | order | `Order` | One maker's part. |")
    assert made_up("| karangan | invention | `Invention` | Nothing. |") == {"Invention"}
    assert "place" in verbs()
