"""Tracked files name no registry and no machine."""

from __future__ import annotations

import re
from pathlib import Path

from tests.rules.sources import ROOT, tracked

PICTURES = (".avif", ".webp", ".woff2", ".png", ".mo", ".gz", ".br")
REGISTRIES = re.compile(
    r"\b(?:" + "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org"), ("registry", "yarnpkg", "com"),
            ("npm", "pkg", "github", "com"), ("ghcr", "io"), ("docker", "io"), ("jfrog", "io"), ("index-url",),
        )
    ) + r")\b"
)  # fmt: skip
MACHINES = re.compile(r"(?<![\w.~$}])/(?:home|Users|root|work|mnt)/[\w.-]+")


def names_a_machine(text: str) -> list[str]:
    """Return registry names and absolute paths of somebody's machine in a text."""
    return [match[0] for rule in (REGISTRIES, MACHINES) for match in rule.finditer(text)]


def found_in(path: str) -> list[str]:
    """Return what one tracked file names."""
    file = ROOT / path
    if file.suffix in PICTURES or not file.is_file():
        return []
    return [f"{path}: {words}" for words in names_a_machine(file.read_text(errors="replace"))]


def test_tracked_files_name_no_registry_and_no_machine() -> None:
    own = Path(__file__).relative_to(ROOT).as_posix()
    assert [words for path in tracked() if path != own for words in found_in(path)] == []


def test_the_rules_of_tracked_files_can_fail() -> None:
    assert names_a_machine("--index-url https://mirror.example.com/simple")
    assert names_a_machine("resolved https://registry.npmjs.org/htmx")
    assert names_a_machine("see /home/somebody/bebeli")
    assert not names_a_machine("GET /akun/home/ and ${HOME}/home/x and static/work/x")
