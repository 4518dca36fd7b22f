"""Templates escape, carry no style and no script, and name only addresses that exist."""

from __future__ import annotations

import ast
import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.rules.sources import Source, bad, python, templates

SAFE_PYTHON = {"mark_safe", "SafeText", "safe", "html_safe"}
EXEMPT = {
    "bebeli/orders/callbacks.py": "the provider sends no token; its signature is checked instead",
    "bebeli/notices/views/choices.py": "mail programs post an address that carries a sealed token, without a page of ours",
}
FORMAT_HTML = {"bebeli/catalog/templatetags/shelf.py": "pictures: every argument goes through a placeholder"}
DATA = {"bebeli/catalog/templatetags/structured.py": "JSON-LD: what could end the block is escaped as JSON allows"}
MAIL = "templates/mail/"  # mail programs read style attributes, and no page's policy binds them

SAFE = re.compile(r"\|\s*(safe|safeseq)\b|\{%\s*autoescape\s+off|\bno_?escape\b")
STYLE = re.compile(r"\sstyle\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE)
HANDLER = re.compile(r"<[a-z][^>]*\son[a-z]+\s*=|hx-on|javascript:", re.IGNORECASE)
STYLE_BLOCK = re.compile(r"<style\b", re.IGNORECASE)
URL_TAG = re.compile(r"\{%\s*url\s+(['\"])(?P<name>[^'\"]+)\1")


def addresses(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> set[str]:
    """Return every URL name, admin's too."""
    found = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.add(":".join((*spaces, str(entry.name))))
        else:
            found |= addresses(entry, (*spaces, str(entry.namespace)) if entry.namespace else spaces)
    return found


def unescaped(template: Source) -> bool:
    """Tell whether a page's template writes anything unescaped; plain text mail has nothing to escape."""
    return not template.path.endswith(".txt") and bool(SAFE.search(template.text))


def against_the_policy(template: Source) -> list[str]:
    """Name what the content security policy would refuse."""
    rules = {"style=": STYLE, "<style>": STYLE_BLOCK, "inline script": INLINE_SCRIPT, "handler": HANDLER}
    return [f"{template.path}: {name}" for name, rule in rules.items() if rule.search(template.text)]


def lost_addresses(template: Source) -> list[str]:
    """Name addresses that resolve to nothing."""
    known = addresses(get_resolver())
    return [f"{template.path}: {match['name']}" for match in URL_TAG.finditer(template.text) if match["name"] not in known]


def trusts(source: Source) -> list[str]:
    """Name what a file uses to write unescaped or to skip the token."""
    found = []
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.ImportFrom | ast.Attribute) or source.path in DATA:
            continue
        names = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else [node.attr]
        found += [f"{source.path}:{node.lineno} {name}" for name in names if name in SAFE_PYTHON]
        if "csrf_exempt" in names and source.path not in EXEMPT:
            found.append(f"{source.path}:{node.lineno} csrf_exempt")
        if "format_html" in names and source.path not in FORMAT_HTML:
            found.append(f"{source.path}:{node.lineno} format_html")
    return found + misused(source)


def misused(source: Source) -> list[str]:
    """Name calls of format_html whose pattern is not a plain literal, or SafeString made by hand."""
    found = []
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id == "SafeString":
            found.append(f"{source.path}:{node.lineno} SafeString")
        if node.func.id == "format_html":
            first = node.args[0] if node.args else None
            if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                found.append(f"{source.path}:{node.lineno} format_html of a made pattern")
    return found


def pages() -> list[Source]:
    """All templates that browsers see."""
    return [template for template in templates() if template.path.endswith(".html") and not template.path.startswith(MAIL)]


def test_templates_escape() -> None:
    assert [template.path for template in templates() if unescaped(template)] == []


def test_pages_keep_to_the_policy() -> None:
    assert [words for template in pages() for words in against_the_policy(template)] == []


def test_every_address_in_a_template_exists() -> None:
    assert [words for template in templates() for words in lost_addresses(template)] == []


def test_code_escapes_and_checks_tokens() -> None:
    assert [words for source in python("bebeli") for words in trusts(source)] == []


@pytest.mark.parametrize("path", [*EXEMPT, *FORMAT_HTML, *DATA])
def test_every_exception_is_still_needed(path: str) -> None:
    source = next(source for source in python("bebeli") if source.path == path)
    assert trusts(Source("bebeli/elsewhere.py", source.text))


def test_the_rules_of_templates_can_fail() -> None:
    page = "templates/bad.html"
    assert unescaped(bad("{{ name|safe }}", page))
    assert unescaped(bad("{% autoescape off %}{{ name }}{% endautoescape %}", page))
    assert not unescaped(bad("{{ name|safer }}", page))
    assert against_the_policy(bad('<p class="a" style="color:red">', page))
    assert against_the_policy(bad("<script>alert(1)</script>", page))
    assert against_the_policy(bad('<button type="button" onclick="go()">', page))
    assert against_the_policy(bad('<a href="javascript:go()">', page))
    assert not against_the_policy(bad("<script src=\"{% static 'js/app.js' %}\" defer></script>", page))
    assert lost_addresses(bad("{% url 'orders:nowhere_at_all' code %}", page))
    assert not lost_addresses(bad("{% url 'orders:cart' %}", page))
    assert trusts(bad("from django.utils.safestring import mark_safe\n"))
    assert trusts(bad("from django.utils import safestring\nsafestring.mark_safe('a')\n"))
    assert trusts(bad("from django.views.decorators.csrf import csrf_exempt\n"))
    assert misused(bad("format_html(f'<b>{name}</b>')\n"))
    assert misused(bad("SafeString('<b>')\n"))
    assert not misused(bad("format_html('<b>{}</b>', name)\n"))
