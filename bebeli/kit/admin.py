"""The heartbeats as operators see them."""

from django.contrib import admin

from bebeli.kit.admin_lists import ReadOnly
from bebeli.kit.models import Heartbeat


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnly):
    """When each task last ended well."""

    list_display = ("task", "at", "ms")
    ordering = ("at",)
