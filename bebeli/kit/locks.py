"""The only place that locks rows: one order everywhere, no plain FOR UPDATE, a bounded wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TypeVar

from django.db import connection, models, transaction
from django.db.models import Q
from django.db.models.functions import Now

from bebeli.kit.steps import assert_open

M = TypeVar("M", bound=models.Model)

BATCH = 10  # so few that a lease of a minute outlasts a batch in which every call to a provider times out

RANKS = (
    "cart",
    "purchase",
    "payment",
    "attempt",
    "order",
    "variant",
    "voucher",
    "refund",
    "bank_account",
    "payout",
    "counter",
    "account",
    "digest",
)


def rank(model: type[models.Model]) -> int:
    """Return the model's place in the one lock order; a model without one may not be locked."""
    return RANKS.index(model.lock_rank)  # type: ignore[attr-defined]


class Locks:
    """Remembers, for one verb, how far down the order it has locked; going back up is a programming error."""

    def __init__(self) -> None:
        assert_open()
        self._reached = -1

    def rows(self, model: type[M], ids: Iterable[int]) -> list[M]:
        """Lock rows by ascending id and return them fresh; missing ids are simply absent."""
        return self.where(model, Q(pk__in=sorted(set(ids))))

    def where(self, model: type[M], condition: Q) -> list[M]:
        """Lock the rows that meet a condition by ascending id and return them fresh."""
        self._descend(model)
        queryset = model._default_manager.filter(condition).order_by("pk")  # noqa: SLF001  Django's documented name
        return list(queryset.select_for_update(no_key=True, of=("self",)))

    def joined(self, queryset: models.QuerySet[M], model: type[models.Model], name: str) -> list[M]:
        """Lock by ascending id the rows of a model that a queryset reads along as `name`; return its rows, all fresh."""
        self._descend(model)
        return list(queryset.order_by(f"{name}_id").select_for_update(no_key=True, of=(name,)))

    def _descend(self, model: type[models.Model]) -> None:
        place = rank(model)
        if place < self._reached:
            message = f"{model.__name__} must be locked before {RANKS[self._reached]}"
            raise RuntimeError(message)
        self._reached = place

    def row(self, model: type[M], pk: int) -> M:
        """Lock one row and return it fresh; raises the model's DoesNotExist."""
        found = self.rows(model, [pk])
        if not found:
            raise model.DoesNotExist  # type: ignore[attr-defined]
        return found[0]


def claim(queryset: models.QuerySet[M], *, limit: int, seconds: int) -> Sequence[M]:
    """Lease up to `limit` rows that nobody holds, for `seconds`; commits before returning.

    Rows need a `lease_until` column. Leases run on the database's clock, so that moved business time
    never frees or freezes one.
    """
    with transaction.atomic(durable=True):
        free = queryset.filter(Q(lease_until=None) | Q(lease_until__lt=Now()))
        rows = list(free.select_for_update(skip_locked=True, no_key=True, of=("self",))[:limit])
        if rows:
            lease = Now() + timedelta(seconds=seconds)
            queryset.model._default_manager.filter(pk__in=[row.pk for row in rows]).update(lease_until=lease)  # noqa: SLF001
    return rows


def alone(name: str) -> bool:
    """Within this transaction, take the named singleton lease; False when another process has it."""
    assert_open()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [name])
        row = cursor.fetchone()
    return bool(row and row[0])
