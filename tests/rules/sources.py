"""Reads the house's own sources once."""

from __future__ import annotations

import ast
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("bebeli", "demo", "simulator", "tests", "bench")

MADE_HERE = {".venv", ".local", "node_modules", "__pycache__", "media", "private", "staticfiles", ".env"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One file: where it is, from the checkout's root, and what it says."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """Its Python."""
        return parsed(self.text)

    @property
    def lines(self) -> int:
        """How long it is."""
        return self.text.count("\n")

    @property
    def functions(self) -> Iterator[Function]:
        """All of its functions, inner ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


@cache
def parsed(text: str) -> ast.Module:
    """Parse once."""
    return ast.parse(text)


@cache
def python(*rooms: str) -> tuple[Source, ...]:
    """All Python of the given rooms, migrations excepted: makemigrations writes those."""
    found = [ROOT / "manage.py"] if not rooms else []
    for room in rooms or ROOMS:
        found += sorted((ROOT / room).rglob("*.py"))
    return tuple(_read(path) for path in found if "migrations" not in path.parts)


@cache
def templates() -> tuple[Source, ...]:
    """All templates."""
    return tuple(_read(path) for path in sorted((ROOT / "templates").rglob("*")) if path.is_file())


@cache
def tracked() -> tuple[str, ...]:
    """The paths of all files under version control; in an unpacked archive without git, of all files."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        files = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        return tuple(path.as_posix() for path in files if not MADE_HERE & set(path.parts) and path.suffix != ".pyc")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(path for path in listed.stdout.split("\0") if path)


def _read(path: Path) -> Source:
    return Source(path.relative_to(ROOT).as_posix(), path.read_text())


def bad(text: str, path: str = "bebeli/orders/flows/bad.py") -> Source:
    """A snippet that breaks a rule."""
    return Source(path, text)
