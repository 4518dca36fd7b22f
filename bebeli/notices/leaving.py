"""The addresses that lead out of a mail: to one's choices, and, without a login, out of a group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from bebeli.kit.sealed import ticket, told_by
from bebeli.notices import kinds
from bebeli.notices.kinds import Group

PURPOSE = "leave a group"


@dataclass(frozen=True)
class Leave:
    """Whose mails, of which groups."""

    user_id: int
    groups: tuple[Group, ...]


def choose_link() -> str:
    """Return the whole address of one's choices."""
    return f"{settings.BASE_URL}{reverse('notices:choices')}"


def leave_link(user_id: int, groups: Iterable[str]) -> str:
    """Return the whole address that takes this person, and nobody else, out of these groups."""
    return f"{settings.BASE_URL}{reverse('notices:leave', args=[token_for(user_id, groups)])}"


def token_for(user_id: int, groups: Iterable[str]) -> str:
    """Return what proves that a mail of ours carried it; it names neither the person nor how many there are."""
    return ticket(PURPOSE, f"{user_id}:{'+'.join(groups)}")


def opened(token: str) -> Leave | None:
    """Return what a token allows; None for one that is not ours, of a person who left, or of groups that nobody can leave."""
    if (said := told_by(PURPOSE, token)) is None:
        return None
    user_id, _colon, names = said.partition(":")
    groups = kinds.open_groups(frozenset(names.split("+")))
    is_known = get_user_model().objects.filter(pk=int(user_id)).exists()
    return Leave(int(user_id), groups) if groups and is_known else None
