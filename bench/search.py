"""`python -m bench.search`: how well search understands people, on the database of the demo or of DATABASE_URL."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import django
from django.utils.module_loading import import_string

DEMO = Path(__file__).resolve().parent.parent / ".local" / "demo.json"


def main() -> int:
    """Make Django ready, then measure; 1 when a group is below its limit or there is no database."""
    if "DATABASE_URL" not in os.environ:
        if not DEMO.exists():
            print("Jalankan `make demo` dulu, atau isi DATABASE_URL.", file=sys.stderr)
            return 1
        os.environ["DATABASE_URL"] = json.loads(DEMO.read_text())["database_url"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bebeli.settings")
    os.environ.setdefault("DEBUG", "true")
    django.setup()
    return int(import_string("bench.search_quality.report")())


if __name__ == "__main__":
    sys.exit(main())
