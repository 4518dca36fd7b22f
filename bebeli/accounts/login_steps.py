"""What other rooms do after somebody logged in, filled when they are ready."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from bebeli.accounts.models import User

Step = Callable[[HttpRequest, User], None]

_steps: list[Step] = []


def register(step: Step) -> None:
    """Add a step; each runs after every successful login, in order."""
    if step not in _steps:
        _steps.append(step)


def run(request: HttpRequest, user: User) -> None:
    """Run all steps."""
    for step in _steps:
        step(request, user)
