"""`make check`: every static check, all of them run, the failed ones named."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
CHECKS: tuple[tuple[str, list[str]], ...] = (
    ("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    ("lint", [str(BIN / "ruff"), "check", "--quiet", "."]),
    ("types", [str(BIN / "mypy")]),
    ("import graph", [str(BIN / "lint-imports"), "--no-logo"]),
    ("migrations", [str(BIN / "python"), "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("settings", [str(BIN / "python"), "manage.py", "check"]),
    ("translations", [str(BIN / "python"), "-m", "demo.translations"]),
    ("style sheet", [str(BIN / "python"), "static/check_css.py"]),
)


def run(command: list[str]) -> tuple[int, str, float]:
    """Run one check; return its exit code, words and seconds."""
    begin = time.monotonic()
    environment = {**os.environ, "DEBUG": "true", "DJANGO_SETTINGS_MODULE": "bebeli.settings"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).strip(), time.monotonic() - begin


def main() -> int:
    """Run all; 1 when any failed."""
    failed = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        runs = [(name, pool.submit(run, command)) for name, command in CHECKS]
        for name, answer in runs:
            code, words, seconds = answer.result()
            print(f"  {'✗' if code else '✓'} {name} ({seconds:.1f} s)")
            if code:
                failed += 1
                print(words)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
