"""Regions as operators see them: official codes and names stay, what the shop adds can be put right."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from bebeli.kit.admin_lists import QuickList
from bebeli.places.models import Region


@admin.register(Region)
class RegionAdmin(QuickList):
    """Regions, by official code or postal code."""

    list_display = ("code", "name", "level", "parent", "postal_code", "zone")
    list_filter = ("level",)
    list_select_related = ("parent",)
    ordering = ("code",)
    search_fields = ("code", "parent__code")
    fields = ("code", "name", "level", "postal_code", "zone", "tariff_zone", "latitude", "longitude")
    readonly_fields = ("code", "name", "level")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """They come from the official list."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Region | None = None) -> bool:
        """Addresses point at them."""
        return False
