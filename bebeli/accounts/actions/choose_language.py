"""Choose the language one is written to in."""

from __future__ import annotations

from bebeli.accounts.models import User
from bebeli.kit.steps import verb


@verb
def choose_language(user_id: int, language: str) -> None:
    """Write a person's language down."""
    User.objects.filter(pk=user_id).update(language=language)
