"""The outbox as administrators see it: read only, the dead first."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from bebeli.notices.models import Notice


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Notices and what became of them."""

    list_display = ("kind", "channel", "ref", "state", "attempts", "next_at", "error")
    list_filter = ("state", "channel", "kind")
    search_fields = ("ref",)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Notices come from verbs only."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Notice | None = None) -> bool:
        """They are not edited."""
        return False
