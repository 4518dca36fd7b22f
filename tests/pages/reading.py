"""Reads a page as a person does, and knows sentences of a language when it sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import polib

SPOKEN = ("aria-label", "title", "placeholder", "alt")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LONG = 16
NAMES = {"Kabupaten Bekasi", "English"}  # a place in an address, a language named in itself


class Page(HTMLParser):
    """Collects texts with the language that each is marked to be in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = [("", "")]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the language and what is read out."""
        given = {name: value or "" for name, value in attrs}
        language = given.get("lang", self._open[-1][1])
        self.texts += [(language, given[name]) for name in SPOKEN if given.get(name)]
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        while len(self._open) > 1 and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note a text."""
        words = " ".join(data.split())
        if words and self._open[-1][0] not in {"script", "style"}:
            self.texts.append((self._open[-1][1], words))


class Ear:
    """Knows the sentences of a catalogue's ids that are said differently in its translation."""

    def __init__(self, *catalogues: polib.POFile) -> None:
        self._whole: set[str] = set()
        self._inside: list[re.Pattern[str]] = []
        for entry in (entry for catalogue in catalogues for entry in catalogue):
            said = {entry.msgstr, *entry.msgstr_plural.values()}
            if entry.msgid in NAMES or entry.msgid.casefold() in {text.casefold() for text in said} or said == {""}:
                continue
            words = " ".join(entry.msgid.split())
            parts = re.split(r"%\(\w+\)[sd]|%[sd]|\{\w+\}", words)
            if max(len(part.strip()) for part in parts) >= LONG:
                self._inside.append(re.compile(".+?".join(map(re.escape, parts))))
            elif len(parts) == 1:
                self._whole.add(words)

    def heard(self, html: str, *, apart_from: str) -> Iterator[str]:
        """Yield the texts of a page that are such sentences, those marked to be in another language apart."""
        for language, text in Page(html).texts:
            if language != apart_from and (text in self._whole or any(known.search(text) for known in self._inside)):
                yield text
