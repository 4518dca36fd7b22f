"""Races need real commits: afterwards every table is emptied, except those that the migrations filled."""

from __future__ import annotations

import json
from collections.abc import Generator
from typing import Any

import pytest
from django.apps import apps
from django.core.servers.basehttp import WSGIServer
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.introspection import DatabaseIntrospection

WSGIServer.request_queue_size = 256  # a crowd knocks at once


@pytest.fixture(autouse=True, scope="module")
def _keep_what_the_migrations_filled(django_db_setup: None, django_db_blocker: Any) -> Generator[None, None, None]:
    """Put the regions back once and leave them be: emptying and filling them around every race takes longer than the races."""
    connection = connections[DEFAULT_DB_ALIAS]
    content: str = connection._test_serialized_contents  # type: ignore[attr-defined]  # noqa: SLF001  Django's own copy
    kept = {apps.get_model(row["model"])._meta.db_table for row in json.loads(content)}  # noqa: SLF001  Django's documented name
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(content)
    names = DatabaseIntrospection.django_table_names

    def emptied(own: DatabaseIntrospection, *args: Any, **more: Any) -> list[str]:
        return [name for name in names(own, *args, **more) if name not in kept]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseIntrospection, "django_table_names", emptied)
        patch.setattr(connection, "_test_serialized_contents", "[]")
        yield


@pytest.fixture
def shop(live_server: Any) -> Generator[str, None, None]:
    """The shop's address, served by threads of this process."""
    yield live_server.url
    connections.close_all()
