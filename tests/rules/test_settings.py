"""Every variable is documented, and production refuses to start while a needed one is missing."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.sources import ROOT, Source, bad, python

SETTINGS = "bebeli/settings.py"
READERS = {"env", "needed"}
LINE = re.compile(r"^([A-Z][A-Z_0-9]*)=")
PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": "k" * 60,
    "FIELD_KEY": "f" * 44,
    "BASE_URL": "https://bebeli.example.com",
    "ALLOWED_HOSTS": "bebeli.example.com, www.bebeli.example.com",
    "DATABASE_URL": "postgresql://someone:secret@127.0.0.1:5432/bebeli",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "DEFAULT_FROM_EMAIL": "BEBELI <halo@bebeli.example.com>",
    "MIDTRANS_BASE_URL": "https://api.midtrans.com",
    "MIDTRANS_SERVER_KEY": "a-key",
    "MIDTRANS_MERCHANT_ID": "G1",
    "SETTLEMENT_MODE": "gateway_escrow",
}
START = """
import json, os, runpy, sys
given, empty = json.loads(sys.argv[2]), {}
def start(environment):
    for name in given:
        os.environ.pop(name, None)
    os.environ.update(environment)
    try:
        return "started: " + ",".join(runpy.run_path(sys.argv[1])["ALLOWED_HOSTS"])
    except Exception as error:
        return f"{type(error).__name__}: {error}"
print(json.dumps({
    "whole": start(given),
    **{f"{name} missing": start({k: v for k, v in given.items() if k != name}) for name in given},
    **{f"{name} empty": start({**given, name: ""}) for name in given},
}))
"""


def reads(source: Source) -> set[str]:
    """Return the variables a file reads."""
    found = set()
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        called = node.func
        name = called.id if isinstance(called, ast.Name) else ""
        of_env = isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "env"
        if name in READERS or of_env:
            found.add(str(node.args[0].value))
    return found


def around_settings(source: Source) -> list[str]:
    """Name places that read the environment past the settings."""
    return [
        f"{source.path}:{node.lineno}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
        and (node.attr in {"environ", "getenv", "environb"})
    ]


def documented(text: str) -> dict[str, str]:
    """Return the variables of an example file with the line above each."""
    lines = text.splitlines()
    return {match[1]: lines[number - 1] for number, line in enumerate(lines) if (match := LINE.match(line))}


def starts(here: Path) -> dict[str, str]:
    """Load the settings as production would, whole and with each variable missing or empty."""
    copy = here / "bebeli" / "settings.py"
    copy.parent.mkdir()
    shutil.copy(ROOT / SETTINGS, copy)  # beside no .env file
    done = subprocess.run(
        [sys.executable, "-c", START, str(copy), json.dumps(PRODUCTION)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each start came to."""
    return starts(tmp_path_factory.mktemp("production"))


def test_every_variable_is_documented_with_a_line_of_meaning() -> None:
    known = documented((ROOT / ".env.example").read_text())
    settings = next(source for source in python("bebeli") if source.path == SETTINGS)
    assert set(known) == reads(settings)
    assert [name for name, above in known.items() if not re.match(r"^# \S.{10,}", above)] == []


def test_the_environment_is_read_by_the_settings_only() -> None:
    entrances = {"bebeli/wsgi.py", "bebeli/celery.py"}  # they name the settings module, nothing else
    found = [words for source in python("bebeli") if source.path not in entrances for words in around_settings(source)]
    assert found == []


def test_production_starts_with_all_of_them(answers: dict[str, str]) -> None:
    assert answers["whole"] == "started: bebeli.example.com,www.bebeli.example.com"
    assert answers["DEBUG missing"].startswith("started")  # DEBUG is off unless switched on


@pytest.mark.parametrize("name", sorted(set(PRODUCTION) - {"DEBUG"}))
def test_production_names_what_is_missing(answers: dict[str, str], name: str) -> None:
    assert answers[f"{name} missing"] == f"ImproperlyConfigured: Set the {name} environment variable"
    assert answers[f"{name} empty"] == f"ImproperlyConfigured: Set the {name} environment variable"


def test_the_example_says_which_ones_are_optional() -> None:
    known = documented((ROOT / ".env.example").read_text())
    optional = {name for name, above in known.items() if "(optional" in above}
    assert set(known) - optional == set(PRODUCTION)


def test_the_rules_of_settings_can_fail() -> None:
    assert reads(bad("A = env('A')\nB = env.int('B', default=1)\nC = needed('C', '')\nD = other('D')\n")) == {"A", "B", "C"}
    assert around_settings(bad("import os\nX = os.environ['X']\n"))
    assert around_settings(bad("import os\nX = os.getenv('X')\n"))
    assert documented("# a line of meaning\nA=1\n\nB=2\n") == {"A": "# a line of meaning", "B": ""}
