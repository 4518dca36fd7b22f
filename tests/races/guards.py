"""Takes guards off for the twins: a constraint of the database, the row locks, the provider's own word."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model

from bebeli.kit.locks import Locks
from bebeli.orders.gateway.midtrans import Midtrans

MOMENT_SECONDS = 0.02


@contextmanager
def without_constraint(model: type[Model], name: str, **mend: Any) -> Generator[None, None, None]:
    """Drop a named constraint; afterwards rows are mended by an update, so that it holds again."""
    constraint = next(one for one in model._meta.constraints if one.name == name)  # noqa: SLF001  Django's documented name
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    try:
        yield
    finally:
        model._default_manager.update(**mend)  # noqa: SLF001  Django's documented name
        with connection.schema_editor() as editor:
            editor.add_constraint(model, constraint)


def unlock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read rows without locking them, and think about them for a moment, so that others read the same."""

    def unlocked(_self: object, model: type[Any], condition: object) -> list[Any]:
        rows = list(model.objects.filter(condition).order_by("pk"))
        time.sleep(MOMENT_SECONDS)
        return rows

    def read_along(_self: object, queryset: Any, _model: object, _name: object) -> list[Any]:
        return list(queryset)

    monkeypatch.setattr(Locks, "where", unlocked)
    monkeypatch.setattr(Locks, "joined", read_along)


def believe(monkeypatch: pytest.MonkeyPatch, **said: Any) -> None:
    """Let the provider's answers say something else."""
    asked = Midtrans.status
    monkeypatch.setattr(Midtrans, "status", lambda adapter, key: replace(asked(adapter, key), **said))
