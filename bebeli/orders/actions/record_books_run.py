"""Remember a check of the books, and ring the alarm for what was not wrong before."""

from __future__ import annotations

from collections.abc import Sequence

from bebeli.kit import clock
from bebeli.kit.steps import verb
from bebeli.orders import chain, tell
from bebeli.orders.books import Violation
from bebeli.orders.models import BooksRun, EntrySeal

MOST = 500  # violations kept of one run; a flood says no more than its first drops


@verb
def record_books_run(violations: Sequence[Violation], ms: int) -> BooksRun:
    """Write one run down; finance is told once of each violation that the run before did not have."""
    last = BooksRun.objects.first()
    known = {(code, key) for code, key, _words in last.violations} if last else set()
    kept = [[found.code, found.key, found.words] for found in violations[:MOST]]
    run = BooksRun.objects.create(at=clock.now(), ms=ms, violations=kept, entries=EntrySeal.objects.count(), head=chain.head())
    if any((code, key) not in known for code, key, _words in kept):
        tell.books_wrong(run)
    return run
