"""Finds every translatable sentence in code and templates, and the words in templates that nobody wrapped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import polib
from django.conf import settings
from django.template.base import Lexer, TokenType
from django.utils.translation.template import templatize

FOR_MACHINES = {"robots.txt"}  # read by crawlers only
ONE = {"_", "N_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
EAGER = {"gettext", "ngettext", "pgettext", "npgettext"}
CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*({STRING}(?:\s*,\s*{STRING})*)")
SPOKEN = ("aria-label", "title", "placeholder", "alt", "content")
NOT_SPOKEN = {"script", "style"}
SAME_EVERYWHERE = re.compile(r"\b(Bekasi Berani Beli|BEBELI|bebeli|Bahasa Indonesia|English|Rp|VA|QRIS|WIB|PDF|CSV|kg|cm)\b")
NOT_WORDS = re.compile(r"block (\w+_class|og_type)")  # for the style sheet and for machines
FOR_MACHINES = {"robots.txt"}
LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Sentence:
    """A source sentence; `where` names a file it stands in."""

    id: str
    where: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes it one entry of the catalogue."""
        return self.context, self.id

    def entry(self) -> polib.POEntry:
        """Return the entry that waits for its English."""
        forms = {0: "", 1: ""} if self.plural else {}
        return polib.POEntry(
            msgid=self.id, msgid_plural=self.plural, msgctxt=self.context or None, msgstr="", msgstr_plural=forms
        )


def _sentence(function: str, texts: list[str], where: str) -> Sentence | None:
    name = function.removesuffix("_lazy")
    if name in PLURAL:
        return Sentence(texts[0], where, plural=texts[1])
    if name in CONTEXT:
        return Sentence(texts[1], where, context=texts[0])
    if name in CONTEXT_PLURAL:
        return Sentence(texts[1], where, plural=texts[2], context=texts[0])
    return Sentence(texts[0], where) if texts and texts[0] else None


def of_code(folder: Path) -> Iterator[Sentence]:
    """Yield the sentences of Python files; a marked text that is not a plain string is a mistake, raised with its line."""
    for path in sorted(folder.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (found := _of_call(node, path)) is not None:
                yield found


def _of_call(node: ast.Call, path: Path) -> Sentence | None:
    function = node.func.id if isinstance(node.func, ast.Name) else ""
    if function not in ONE | PLURAL | CONTEXT | CONTEXT_PLURAL:
        return None
    if any(isinstance(argument, ast.JoinedStr) for argument in node.args):
        message = f"{path}:{node.lineno}: an f-string cannot be translated; use %(name)s"
        raise SyntaxError(message)
    texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant) and isinstance(argument.value, str)]
    return _sentence(function, texts, path.name) if texts else None  # a variable holds a text marked elsewhere


def spoken_too_early(folder: Path) -> Iterator[str]:
    """Yield sentences put in words while a module loads: they would stay in one language for ever."""
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
            for alias in node.names
            if alias.name in EAGER
        }
        for node in _at_import(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield f"needs gettext_lazy: {ast.unparse(node)} ({path.name}:{node.lineno})"


def _at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Walk what runs when a module loads: all but the insides of functions."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.Lambda):
            yield child
            yield from _at_import(child)


def of_templates(folder: Path) -> Iterator[Sentence]:
    """Yield the sentences of templates, as Django's own extraction sees them."""
    _ready()
    for path in _templates(folder):
        for call in CALL.finditer(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
            texts = [ast.literal_eval(text) for text in re.findall(STRING, call[2])]
            if (found := _sentence(call[1], texts, path.name)) is not None:
                yield found


def unwrapped_in_templates(folder: Path) -> Iterator[str]:
    """Yield words that people would read in any language as they stand."""
    _ready()
    for path in _templates(folder):
        reader = Reader()
        text = "".join(_outside(path.read_text(encoding="utf-8")))
        if path.suffix == ".html":
            reader.feed(text)
            reader.close()
        else:
            reader.handle_data(text)
        for words in reader.words:
            if LETTERS.search(SAME_EVERYWHERE.sub("", words)):
                yield f"not wrapped: {' '.join(words.split())[:80]!r} ({path.relative_to(folder)})"


def _outside(source: str) -> Iterator[str]:
    """Yield what stands outside tags, translated blocks and blocks for machines."""
    closing = ""
    for token in Lexer(source).tokenize():
        name = token.contents.split(maxsplit=1)[0] if token.contents and token.token_type is TokenType.BLOCK else ""
        if closing:
            closing = "" if name == closing else closing
        elif NOT_WORDS.fullmatch(token.contents):
            closing = "endblock"
        elif name in {"blocktranslate", "blocktrans", "comment"}:
            closing = f"end{name}"
        elif token.token_type is TokenType.TEXT:
            yield token.contents


class Reader(HTMLParser):
    """Collects what a person reads or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note spoken attributes."""
        if tag in NOT_SPOKEN:
            self._silent = tag
        given = dict(attrs)
        spoken = () if tag == "meta" and given.get("name") != "description" else SPOKEN
        self.words += [value for name, value in attrs if name in spoken and value]

    def handle_endtag(self, tag: str) -> None:
        """Hear again after a script."""
        if tag == self._silent:
            self._silent = ""

    def handle_data(self, data: str) -> None:
        """Note text."""
        if not self._silent and data.strip():
            self.words.append(data)


def _templates(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in {".html", ".txt"} and path.name not in FOR_MACHINES)


def _ready() -> None:
    if not settings.configured:
        settings.configure()  # the lexer only asks whether it is debugging
