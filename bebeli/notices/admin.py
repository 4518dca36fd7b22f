"""The outbox as administrators see it: read only, the dead first."""

from __future__ import annotations

from django.contrib import admin

from bebeli.kit.admin_lists import ReadOnly
from bebeli.notices.models import Notice


@admin.register(Notice)
class NoticeAdmin(ReadOnly):
    """Notices and what became of them."""

    list_display = ("kind", "channel", "ref", "state", "attempts", "next_at", "error")
    list_filter = ("state", "channel")
    search_fields = ("ref",)
    exclude = ("payload",)
