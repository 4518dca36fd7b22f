"""Check the books and seal them: what beat does, and finance by a button."""

from __future__ import annotations

import time

import structlog

from bebeli.orders import books, chain
from bebeli.orders.actions.record_books_run import record_books_run
from bebeli.orders.actions.seal_entries import seal_entries
from bebeli.orders.models import BooksRun

log = structlog.get_logger(__name__)


def check_now() -> BooksRun:
    """Check every invariant, log each violation and write the run down."""
    start = time.monotonic()
    found = books.check()
    run = record_books_run(found, round((time.monotonic() - start) * 1000))
    for violation in found:
        log.error("books_violation", violation=str(violation))
    return run


def seal() -> int:
    """Seal one batch of what the books have gained."""
    return seal_entries()


def say_head() -> str:
    """Check the whole chain and print its head into the log, where nobody who rewrites the database can reach it."""
    for violation in books.check(is_whole=True):
        log.error("books_violation", violation=str(violation))
    head = chain.head()
    log.info("books_head", head=head)
    return head
