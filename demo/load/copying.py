"""COPY for models: rows as mappings, defaults taken from the fields, ids taken from the sequence beforehand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import connection, models


def next_ids(model: type[models.Model], count: int) -> Iterator[int]:
    """Take so many ids from the model's sequence, ascending."""
    if not count:
        return iter(())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],  # noqa: SLF001  Django's documented name
        )
        return iter(sorted(int(row[0]) for row in cursor.fetchall()))


def copy(model: type[models.Model], rows: Iterable[Mapping[str, Any]], table: str = "") -> int:
    """Write rows (by `attname`) in one COPY and return how many; a missing field gets its default, a missing id the next.

    `table` may be another one with the model's columns.
    """
    wanted = list(rows)
    if not wanted:
        return 0
    fields = [field for field in model._meta.concrete_fields if not field.generated]  # noqa: SLF001  Django's documented name
    unnamed = [field for field in fields if isinstance(field, models.AutoField) and field.attname not in wanted[0]]
    written = [field for field in fields if field not in unnamed]
    blank = {field.attname: field.get_default() for field in written}
    jsons = [field.attname for field in written if isinstance(field, models.JSONField)]
    names = [field.attname for field in written]
    columns = ", ".join(f'"{field.column}"' for field in written)
    where = table or model._meta.db_table  # noqa: SLF001  as above
    with connection.cursor() as cursor, cursor.copy(f'COPY "{where}" ({columns}) FROM STDIN') as out:
        for row in wanted:
            values = {**blank, **row}
            for name in jsons:
                values[name] = json.dumps(values[name])
            out.write_row([values[name] for name in names])
    return len(wanted)
