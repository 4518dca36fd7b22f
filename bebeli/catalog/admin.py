"""What operators keep of the shelves: their names, the journal of stock, and which words mean the same."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from bebeli.catalog.models import Category, StockMovement, Synonym
from bebeli.kit.admin_lists import QuickList, ReadOnly


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Synonyms, other spellings and English names; a change is felt by search within ten seconds."""

    list_display = ("words", "is_active")
    list_editable = ("is_active",)
    list_filter = ("is_active",)
    search_fields = ("words",)


@admin.register(Category)
class CategoryAdmin(QuickList):
    """Shelves: their names and order; slug and place in the tree are in addresses that people keep."""

    list_display = ("path", "name_id", "name_en", "position")
    ordering = ("path",)
    search_fields = ("slug",)
    fields = ("slug", "path", "name_id", "name_en", "position")
    readonly_fields = ("slug", "path")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """A new shelf needs its place in the tree and its picture: a migration's work."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Category | None = None) -> bool:
        """Products stand on it."""
        return False


@admin.register(StockMovement)
class StockMovementAdmin(ReadOnly):
    """The journal of stock, by SKU or by what it was about."""

    list_display = ("variant", "kind", "delta", "on_hand_after", "ref", "at")
    list_filter = ("kind",)
    list_select_related = ("variant",)
    search_fields = ("variant__sku", "ref")
