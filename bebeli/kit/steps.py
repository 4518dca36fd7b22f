"""Verbs own a transaction; steps are part of somebody's transaction."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import wraps
from time import monotonic
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import OperationalError, connection, transaction

from bebeli.kit.errors import Busy

P = ParamSpec("P")
R = TypeVar("R")

BUSY_STATES = frozenset({"55P03", "40P01", "40001"})  # lock not available, deadlock, serialization failure
LEAST_SECONDS = 0.1


def verb(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function in one durable transaction of its own; rows held elsewhere become `Busy`."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with transaction.atomic(durable=True):
                return function(*args, **kwargs)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) in BUSY_STATES:
                raise Busy from error
            raise

    return run


def retried(call: Callable[[], R]) -> R:
    """Call a verb, once more where rows were held elsewhere; both tries together wait no longer than one may.

    A deadlock or a failed serialization shows early and goes through the second time. Who waited in vain is told so.
    """
    begin = monotonic()
    try:
        return call()
    except Busy:
        left = settings.LOCK_WAIT_SECONDS - (monotonic() - begin)
        if left < LEAST_SECONDS:
            raise
        with _waiting(left):
            return call()


@contextmanager
def _waiting(seconds: float) -> Generator[None]:
    """Wait that long for rows within the block."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{int(seconds * 1000)}ms"])
    try:
        yield
    finally:
        if connection.is_usable():  # one that broke takes its patience with it
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")


def assert_open() -> None:
    """Fail loudly when a step is called outside a transaction."""
    if not connection.in_atomic_block:
        message = "a step was called outside a transaction"
        raise RuntimeError(message)
