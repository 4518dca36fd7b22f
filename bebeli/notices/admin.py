"""The outbox as administrators see it: read only, the dead first."""

from __future__ import annotations

from django.contrib import admin

from bebeli.kit.admin_lists import ReadOnly
from bebeli.notices.models import Digest, MailChoice, Notice


@admin.register(Notice)
class NoticeAdmin(ReadOnly):
    """Notices and what became of them."""

    list_display = ("kind", "channel", "ref", "state", "attempts", "next_at", "error")
    list_filter = ("state", "channel")
    search_fields = ("ref",)
    exclude = ("payload",)


@admin.register(Digest)
class DigestAdmin(ReadOnly):
    """Mails of several notices and what became of them."""

    list_display = ("user_id", "sort", "group", "state", "attempts", "next_at", "sent_at", "error")
    list_filter = ("state", "sort")
    raw_id_fields = ("user",)


@admin.register(MailChoice)
class MailChoiceAdmin(ReadOnly):
    """How people want their mails."""

    list_display = ("user_id", "group", "pace", "changed_at")
    list_filter = ("group", "pace")
