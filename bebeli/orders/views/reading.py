"""Finance's pages are read by the auditor too, who is shown no button."""

from __future__ import annotations

from django.http import HttpRequest

from bebeli.accounts import roles


def may_act(request: HttpRequest) -> bool:
    """Tell whether the reader may press what the page offers; the doors behind the buttons ask again."""
    return roles.is_finance(request.user.pk or 0)
