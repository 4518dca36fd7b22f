"""`manage.py check_files`: silent and 0, or one line per file without a row and per row without its file, and 1."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bebeli.kit import files
from bebeli.kit.models import FilesRun


class Command(BaseCommand):
    """Compares files with rows."""

    help = "Compare files with rows: silent when each has the other, one line per stray and exit 1 when not."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether strays go."""
        parser.add_argument("--remove", action="store_true", help="delete files older than a day of which no row speaks")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Compare, and write down what was found."""
        found = files.compare()
        for name in found.unnamed:
            self.stdout.write(f"{name}: no row speaks of it")
        for name in found.missing:
            self.stdout.write(f"{name}: a row speaks of it and it is not there")
        if options["remove"]:
            files.forget(found.unnamed)
            found.unnamed.clear()
        FilesRun.objects.note(found)
        if not found.is_whole:
            sys.exit(1)
