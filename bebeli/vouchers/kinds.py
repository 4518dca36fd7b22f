"""The notices of the vouchers room."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bebeli.notices import kinds
from bebeli.notices.kinds import Group, Message, Payload
from bebeli.sellers.roles import acts_for_a_seller
from bebeli.vouchers import payers
from bebeli.vouchers.models import Voucher

CAMPAIGNS = Group(
    "campaigns",
    gettext_lazy("Voucher dan kampanye"),
    gettext_lazy("Voucher yang Anda buat sudah habis dipakai."),
    gettext_lazy("Anda menerima surel ini karena membuat voucher di BEBELI."),
    concerns=lambda user_id: acts_for_a_seller(user_id) or payers.makes_vouchers(user_id),
)


def register() -> None:
    """Fill the tables of groups and of kinds."""
    kinds.register_group(CAMPAIGNS)
    kinds.register("vouchers.used_up", used_up, while_used_up, CAMPAIGNS.name)


def used_up(payload: Payload) -> Message:
    """Say that a voucher has run out."""
    voucher = Voucher.objects.get(pk=payload["voucher"])
    name = "vouchers:mine" if voucher.seller_id else "vouchers:desk"
    subject = _("Voucher %(code)s sudah habis") % {"code": voucher.code}
    body = _("Batas voucher %(code)s sudah tercapai, jadi pembeli tidak bisa memakainya lagi. Buat yang baru bila perlu.")
    return Message(subject, body % {"code": voucher.code}, reverse(name), (), _("Lihat voucher"))


def while_used_up(payload: Payload) -> bool:
    """Tell whether it is still so: a purchase that was not paid gives its use back."""
    return any(voucher.is_used_up for voucher in Voucher.objects.filter(pk=payload["voucher"]))
