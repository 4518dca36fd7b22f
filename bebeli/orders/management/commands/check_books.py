"""`manage.py check_books`: silent and 0, or one line per violation and 1."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from bebeli.orders import books


class Command(BaseCommand):
    """Proves the books."""

    help = "Prove the books: silent when right, one line per violation and exit 1 when not."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Check every invariant."""
        violations = books.check()
        for violation in violations:
            self.stdout.write(str(violation))
        if violations:
            sys.exit(1)
