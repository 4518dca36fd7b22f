"""Verbs own a transaction; steps are part of somebody's transaction."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

from bebeli.kit.errors import Busy

P = ParamSpec("P")
R = TypeVar("R")

BUSY_STATES = frozenset({"55P03", "40P01", "40001"})  # lock not available, deadlock, serialization failure


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


def assert_open() -> None:
    """Fail loudly when a step is called outside a transaction."""
    if not connection.in_atomic_block:
        message = "a step was called outside a transaction"
        raise RuntimeError(message)
