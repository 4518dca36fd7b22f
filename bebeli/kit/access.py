"""Every address declares who may enter; a rule test walks the resolver and fails on one that does not.

Permission to a row is a query in the view (a stranger gets 404); this is only the outer door.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from bebeli.kit import logs

View = TypeVar("View", bound=Callable[..., HttpResponse])
Predicate = Callable[[int], bool]

_roles: dict[str, Predicate] = {}


def register_role(name: str, holds: Predicate) -> None:
    """Name a role that views may ask for; filled by apps when they are ready."""
    _roles[name] = holds


def refuse_stranger(name: str, user_id: int) -> None:
    """For whoever does not hold the role the place does not exist: raises Http404."""
    if not _roles[name](user_id):
        logs.security("role_refused", role=name, user_id=user_id)
        raise Http404


def _declare(view: Callable[..., HttpResponse], who: str) -> Callable[..., HttpResponse]:
    view.access = who  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anybody may enter."""
    return cast("View", _declare(view, "public"))


def signed_in(view: View) -> View:
    """People with an account; others are led to the login and back."""

    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return cast("View", _declare(enter, "signed_in"))


def role(name: str) -> Callable[[View], View]:
    """People who hold a role; for others the place does not exist."""

    def decorate(view: View) -> View:
        @wraps(view)
        def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            refuse_stranger(name, request.user.pk or 0)
            return view(request, *args, **kwargs)

        return cast("View", _declare(enter, name))

    return decorate
