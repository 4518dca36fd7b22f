"""A small reader of pages: names what a browser would mend silently and a screen reader would stumble over."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ACTIVE = {"a", "button", "select", "textarea", "summary"}
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
DRAWN = {"path", "circle", "rect", "line", "polyline", "polygon", "ellipse", "use", "stop"}
LABELS = {"aria-label", "aria-labelledby", "title"}


class Reader(HTMLParser):
    """Walks one page; `faults` says what is wrong, by line."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[tuple[str, dict[str, str], list[str]]] = []
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.fields: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        self.faults += [f"twice: id={name}" for name, count in self.ids.items() if count > 1]
        self.faults += [f"{where}: field without a label" for where, name in self.fields if name not in self.labelled]
        self.faults += [f"left open: {tag}" for tag, _attributes, _words in self.open]

    def fault(self, words: str) -> None:
        """Write one down."""
        self.faults.append(f"line {self.getpos()[0]}: {words}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        attributes = {name: value or "" for name, value in attrs}
        around = [name for name, _attributes, _words in self.open]
        if "id" in attributes:
            self.ids[attributes["id"]] += 1
        if len(attrs) != len(attributes):
            self.fault(f"{tag} says an attribute twice")
        if tag == "form" and "form" in around:
            self.fault("a form in a form")
        if (tag in ACTIVE or (tag == "input" and attributes.get("type") != "hidden")) and {"a", "button"} & set(around):
            self.fault(f"{tag} inside something to press")
        if tag == "img":
            if "alt" not in attributes:
                self.fault("img without alt")
            self.say(attributes.get("alt", ""))
        if tag == "label":
            self.labelled.add(attributes.get("for", ""))
        if tag in {"select", "textarea"} or (tag == "input" and attributes.get("type", "text") not in UNLABELLED):
            self.field(attributes, around)
        if tag not in VOID and not (tag in DRAWN and "svg" in around):
            self.open.append((tag, attributes, []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens and closes at once, as those of drawings do."""
        self.handle_starttag(tag, attrs)
        if self.open and self.open[-1][0] == tag and tag not in VOID:
            self.open.pop()

    def field(self, attributes: dict[str, str], around: list[str]) -> None:
        """Remember a field until all labels are known."""
        if not (LABELS & attributes.keys() or "label" in around):
            self.fields.append((f"line {self.getpos()[0]}", attributes.get("id", "-")))

    def say(self, words: str) -> None:
        """Words are the name of all that is open around them."""
        if words.strip():
            for _tag, _attributes, said in self.open:
                said.append(words)

    def handle_data(self, data: str) -> None:
        """Words."""
        self.say(data)

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if tag in VOID or (tag in DRAWN and not any(name == tag for name, _attributes, _words in self.open)):
            return
        if not self.open or self.open[-1][0] != tag:
            self.fault(f"</{tag}> closes {self.open[-1][0] if self.open else 'nothing'}")
            return
        _tag, attributes, words = self.open.pop()
        is_named = words or LABELS & attributes.keys() or attributes.get("aria-hidden") == "true"
        if tag in {"a", "button", "summary"} and not is_named:
            self.fault(f"{tag} without a name: {attributes.get('href') or attributes.get('class', '')}")
        self.say(attributes.get("aria-label", ""))


def faults(text: str) -> list[str]:
    """Return what is wrong with a page."""
    return Reader(text).faults
