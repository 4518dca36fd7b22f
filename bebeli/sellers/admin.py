"""Makers as operators see them: names and places can be put right, opening and suspending are verbs."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from bebeli.kit.admin_lists import QuickList
from bebeli.sellers.models import Seller


@admin.register(Seller)
class SellerAdmin(QuickList):
    """Stalls."""

    list_display = ("name", "owner_name", "status", "district", "opened_at")
    list_filter = ("status", "size")
    list_select_related = ("district",)
    search_fields = ("slug", "name", "email")
    fields = (
        "slug", "name", "owner_name", "status", "street", "postal_code", "phone", "email", "kind", "size", "since",
        "story_id", "story_en", "ships_to", "opened_at", "is_demo",
    )  # fmt: skip
    readonly_fields = ("slug", "status", "opened_at", "is_demo")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Makers apply themselves."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Seller | None = None) -> bool:
        """Orders and books point at them."""
        return False
