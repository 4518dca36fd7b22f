"""What other rooms do after somebody logged in, filled when they are ready."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.http import HttpRequest

from bebeli.accounts.models import User
from bebeli.kit.errors import Refused

Step = Callable[[HttpRequest, User], None]

_steps: list[Step] = []
log = structlog.get_logger(__name__)


def register(step: Step) -> None:
    """Add a step; each runs after every successful login, in order."""
    if step not in _steps:
        _steps.append(step)


def run(request: HttpRequest, user: User) -> None:
    """Run all steps; one that is refused now is left for the next login, whoever logged in is in."""
    for step in _steps:
        try:
            step(request, user)
        except Refused as refusal:
            log.warning("login_step_refused", step=step.__name__, code=refusal.code)
