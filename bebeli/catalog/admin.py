"""What operators keep of search: which words mean the same."""

from __future__ import annotations

from django.contrib import admin

from bebeli.catalog.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Synonyms, other spellings and English names; a change is felt by search within ten seconds."""

    list_display = ("words", "is_active")
    list_editable = ("is_active",)
    list_filter = ("is_active",)
    search_fields = ("words",)
