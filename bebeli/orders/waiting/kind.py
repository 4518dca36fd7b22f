"""What a kind of case names so that it stands in finance's one list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.templatetags.bebeli import jam

Words = str | Promise
Condition = Q | Combinable
LOOK = _("Lihat")


@dataclass(frozen=True)
class Reader:
    """Who reads the list, and whether they may press anything."""

    user_id: int
    may_act: bool


@dataclass(frozen=True)
class Step:
    """The one thing to do: its state in words, the button's words, where it leads, and whether pressing it takes the case."""

    words: Words
    action: Words
    url: str
    is_ours: bool = False  # this reader can do it
    takes: bool = False  # a button that takes the case, not a link


@dataclass(frozen=True)
class Case:
    """One row of the list."""

    pk: int
    since: datetime
    name: str
    about: Words
    amount: int | None
    url: str
    step: Step
    holder: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of case: what of it is open, since when, what a person can take on, and how a row is told.

    `code` is of the letters a to z and stands in addresses and cursors; `since` names the field the oldest is found by, with
    an index; `tab` is the page of finance's navigation that counts it. `told` asks as many queries for one row as for twenty.
    """

    code: str
    label: Words
    tab: str
    since: str
    open: Callable[[], QuerySet[Any]]
    free: Callable[[int], Condition]
    told: Callable[[Sequence[Any], Reader], list[Case]]
    urgent_after: timedelta

    def is_urgent(self, since: datetime) -> bool:
        """Tell whether a case has waited too long."""
        return since < clock.now() - self.urgent_after


def look(words: Words, url: str) -> Step:
    """Return a step that only shows the case: others, or nobody, are to act."""
    return Step(words, LOOK, url)


def held_by(name: str, until: datetime | None) -> str:
    """Say who is at a case, and until when nobody else may take it."""
    if until is None:
        return str(_("Dikerjakan %(name)s") % {"name": name})
    return str(_("Dikerjakan %(name)s sampai %(until)s") % {"name": name, "until": jam(until)})


def for_reader(step: Step, reader: Reader, url: str) -> Step:
    """Return the step as this reader may do it: whoever only looks is led to the case."""
    return step if reader.may_act else look(step.words, url)
