"""The heartbeats, and the comparisons of files with rows, as operators see them."""

from django.contrib import admin

from bebeli.kit.admin_lists import ReadOnly
from bebeli.kit.models import FilesRun, Heartbeat


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnly):
    """When each task last ended well."""

    list_display = ("task", "at", "ms")
    ordering = ("at",)


@admin.register(FilesRun)
class FilesRunAdmin(ReadOnly):
    """Whether every file has its row."""

    list_display = ("at", "files", "unnamed", "missing")
