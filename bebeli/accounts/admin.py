"""People as administrators see them: a password is set by its owner, never read or written here."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from bebeli.accounts.models import Agency, Appointment, CivilServant, User
from bebeli.kit.admin_lists import QuickList


@admin.register(User)
class UserAdmin(QuickList):
    """People."""

    list_display = ("email", "name", "is_active", "is_staff", "is_demo", "date_joined")
    list_filter = ("is_active", "is_staff", "is_demo")
    search_fields = ("email",)
    fields = ("email", "name", "phone", "language", "is_active", "is_staff", "is_demo", "date_joined", "last_login")
    readonly_fields = ("email", "is_demo", "date_joined", "last_login")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Only a superuser makes somebody staff."""
        kept = tuple(super().get_readonly_fields(request, obj))
        return kept if isinstance(request.user, User) and request.user.is_superuser else (*kept, "is_staff", "is_active")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """People register themselves."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: User | None = None) -> bool:
        """Orders and books keep pointing at them; deactivate instead."""
        return False


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Agencies of the regency."""

    list_display = ("name", "short_name", "kind", "parent")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("name", "short_name", "code")
    autocomplete_fields = ("parent",)


@admin.register(Appointment)
class AppointmentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Who may verify, pay, or look on."""

    list_display = ("user", "role", "since", "until")
    list_filter = ("role",)
    list_select_related = ("user",)
    search_fields = ("user__email", "user__name")
    autocomplete_fields = ("user",)

    def has_delete_permission(self, _request: HttpRequest, _obj: Appointment | None = None) -> bool:
        """Keep it on record: an appointment ends by its date."""
        return False


@admin.register(CivilServant)
class CivilServantAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Who works for which agency."""

    list_display = ("user", "agency", "kind", "verified_at")
    list_filter = ("kind",)
    list_select_related = ("user", "agency")
    search_fields = ("user__email", "user__name", "agency__name")
    autocomplete_fields = ("user", "agency")
