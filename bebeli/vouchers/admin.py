"""Vouchers and their uses as operators see them: to look up, not to change."""

from __future__ import annotations

from django.contrib import admin

from bebeli.kit.admin_lists import ReadOnly
from bebeli.vouchers.models import Voucher, VoucherUse


@admin.register(Voucher)
class VoucherAdmin(ReadOnly):
    """Vouchers, by code; the desks make, pause and end them."""

    list_display = ("code", "kind", "payer", "seller", "state", "used", "spent", "ends_at")
    list_filter = ("payer", "kind", "state")
    list_select_related = ("seller",)
    finds = ("code",)


@admin.register(VoucherUse)
class VoucherUseAdmin(ReadOnly):
    """Uses, by the purchase's code; digests of guests stay out of sight."""

    list_display = ("voucher", "ref", "state", "amount", "returned", "used_at")
    list_filter = ("state",)
    list_select_related = ("voucher",)
    finds = ("ref",)
    exclude = ("email_digest", "phone_digest")
