"""Lists that stay quick over many rows, and pages where nothing can be written because a verb owns the change."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.contrib import admin
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Model, QuerySet
from django.http import HttpRequest

ENOUGH = 10_000  # more rows than these nobody leafs through
MOST_FOUND = 500  # of one word in one field


class EstimatePaginator(Paginator):  # type: ignore[type-arg]  # not subscriptable at run time
    """Counts a whole table by Postgres' own estimate, a selection up to ENOUGH."""

    @cached_property
    def count(self) -> int:
        """Return about how many rows there are."""
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        return rows[:ENOUGH].count() if rows.query.where else max(estimated(rows.model), rows[:ENOUGH].count())


def estimated(model: type[Model]) -> int:
    """Return what the last ANALYZE counted, 0 before the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = %s::regclass", [model._meta.db_table])  # noqa: SLF001  Django's documented API
        row = cursor.fetchone()
    return int(row[0]) if row else 0


class QuickList(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Searches by whole words that have an index, in the fields of `search_fields`."""

    search_fields: ClassVar[tuple[str, ...]] = ()
    paginator = EstimatePaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # each would be a count over everything
    list_per_page = 50
    ordering: ClassVar[Any] = ("-pk",)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        """Find rows by the whole word; an e-mail is kept in lower case, a code in capitals."""
        del request
        word = search_term.strip()
        if not word:
            return queryset, False
        forms = {word, word.lower(), word.upper()}
        found: set[Any] = set()
        for field in self.search_fields:  # each by its own index: one OR over two tables would read both whole
            found |= set(queryset.order_by().filter(**{f"{field}__in": forms}).values_list("pk", flat=True)[:MOST_FOUND])
        return queryset.filter(pk__in=found), False


class ReadOnly(QuickList):
    """Nobody adds, changes or deletes here, superusers included."""

    def has_add_permission(self, request: HttpRequest, *_more: Any) -> bool:
        """Rows come from verbs."""
        del request
        return False

    def has_change_permission(self, request: HttpRequest, _row: Any = None) -> bool:
        """A verb changes them."""
        del request
        return False

    def has_delete_permission(self, request: HttpRequest, _row: Any = None) -> bool:
        """They stay."""
        del request
        return False
