"""Is the committed style sheet built from the present inputs? `--write` records them after a build."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MARK = ROOT / "static" / "dist" / "inputs.sha256"
PATTERNS = ("templates/**/*.html", "static/src/*", "static/js/*.js", "package-lock.json")


def inputs() -> str:
    """Return the hash of everything the style sheet is made from."""
    total = hashlib.sha256()
    for pattern in PATTERNS:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                total.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def main() -> int:
    """Compare, or record."""
    if "--write" in sys.argv:
        MARK.write_text(inputs() + "\n")
        return 0
    if not MARK.exists() or MARK.read_text().strip() != inputs():
        print("static/dist/app.css is older than its inputs: run `make css`", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
