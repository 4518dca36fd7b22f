"""The English catalogue against the sentences in the code, without GNU gettext.

Indonesian is the source language: a sentence is its own id. `locale/en/LC_MESSAGES/django.po` holds the English, sorted
by id and without line numbers, so that two changes rarely touch the same lines. `locale/id` holds what the libraries
say, where they have no Indonesian of their own or other words than ours. The compiled `django.mo` are not kept in
the repository; `make ready` and the tests make it, and a production image does the same with
`python -m demo.translations --compile` once after its packages are installed.

    python -m demo.translations             say what is missing, empty, left over or not like its source; 1 if anything
    python -m demo.translations --update    add what is missing (empty) and remove what is left over
    python -m demo.translations --compile   make each .mo that is older than its .po
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import polib

from demo.sentences import Sentence, of_code, of_templates, spoken_too_early, unwrapped_in_templates

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "locale"
CATALOGUE = LOCALES / "en" / "LC_MESSAGES" / "django.po"
HEADER = {
    "Project-Id-Version": "BEBELI",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")


def load(path: Path = CATALOGUE) -> polib.POFile:
    """Read a catalogue; an empty one where there is none."""
    if path.exists():
        return polib.pofile(str(path), wrapwidth=0)
    fresh = polib.POFile(wrapwidth=0)
    fresh.metadata = dict(HEADER)
    return fresh


def sentences() -> dict[tuple[str, str], Sentence]:
    """Return every sentence of the house, by context and id."""
    found: dict[tuple[str, str], Sentence] = {}
    for sentence in (*of_code(ROOT / "bebeli"), *of_templates(ROOT / "templates")):
        known = found.get(sentence.key)
        if known is None or (sentence.plural and not known.plural):
            found[sentence.key] = sentence
    return found


def faults(catalogue: polib.POFile, wanted: dict[tuple[str, str], Sentence]) -> Iterator[str]:
    """Yield what is wrong, one line each."""
    entries = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue if not entry.obsolete}
    for key, sentence in wanted.items():
        if key not in entries:
            yield f"missing: {sentence.id!r} ({sentence.where})"
        elif (entry := entries[key]).msgid_plural != sentence.plural:
            yield f"plural differs: {sentence.id!r} ({sentence.where})"
        else:
            yield from _faults_of(entry, sentence)
    for entry in catalogue:
        if entry.obsolete or (entry.msgctxt or "", entry.msgid) not in wanted:
            yield f"left over: {entry.msgid!r}"
    ids = [(entry.msgid, entry.msgctxt or "") for entry in catalogue]
    if ids != sorted(ids):
        yield "not sorted: run `python -m demo.translations --update`"


def _faults_of(entry: polib.POEntry, sentence: Sentence) -> Iterator[str]:
    texts = [entry.msgstr_plural.get(form, "") for form in (0, 1)] if sentence.plural else [entry.msgstr]
    allowed = set(PLACEHOLDER.findall(sentence.id)) | set(PLACEHOLDER.findall(sentence.plural))
    for form, text in enumerate(texts):
        if not text.strip():
            yield f"no English: {sentence.id!r} ({sentence.where})"
            return
        used = set(PLACEHOLDER.findall(text))
        if used != allowed and not (sentence.plural and form == 0 and used < allowed):  # "one piece" may leave out the number
            yield f"placeholders differ: {sentence.id!r} → {text!r} ({sentence.where})"
        if sentence.id[:1].isspace() != text[:1].isspace() or sentence.id[-1:].isspace() != text[-1:].isspace():
            yield f"space at an end differs: {sentence.id!r} → {text!r} ({sentence.where})"
    if "fuzzy" in entry.flags:
        yield f"not sure: {sentence.id!r} ({sentence.where})"


def update(path: Path = CATALOGUE) -> tuple[int, int]:
    """Add what is missing, remove what is left over, sort; return both counts."""
    wanted, old = sentences(), load(path)
    kept = {(entry.msgctxt or "", entry.msgid): entry for entry in old if not entry.obsolete}
    fresh = polib.POFile(wrapwidth=0)
    fresh.metadata = dict(HEADER)
    for key, sentence in sorted(wanted.items(), key=lambda pair: (pair[0][1], pair[0][0])):
        entry = kept.get(key)
        if entry is None or entry.msgid_plural != sentence.plural:
            entry = sentence.entry()
        fresh.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(path), newline="\n")
    return len(wanted.keys() - kept.keys()), len(kept.keys() - wanted.keys())


def compile_catalogues() -> None:
    """Make the .mo beside every .po that is newer."""
    for path in sorted(LOCALES.glob("*/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        draft = target.with_suffix(f".{os.getpid()}")
        load(path).save_as_mofile(str(draft))
        draft.replace(target)  # whole or not at all: several test processes may do this at once


def check() -> list[str]:
    """Return everything that is wrong with the languages of the house."""
    found = [*faults(load(), sentences()), *spoken_too_early(ROOT / "bebeli")]
    return [*found, *unwrapped_in_templates(ROOT / "templates")]


def main(arguments: Sequence[str]) -> int:
    """Do what was asked; 1 when something is wrong."""
    if "--compile" in arguments:
        compile_catalogues()
        return 0
    if "--update" in arguments:
        added, removed = update()
        print(f"{added} added, {removed} removed: {CATALOGUE.relative_to(ROOT)}")
        return 0
    found = check()
    for line in found:
        print(line)
    if found:
        print(f"\n{len(found)} to mend. `python -m demo.translations --update` adds missing ids; write their English by hand.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
