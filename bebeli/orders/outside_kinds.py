"""The notices to finance about what the provider does by itself: in words, and when each is no longer worth saying."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from bebeli.kit.money import rupiah
from bebeli.notices.kinds import Message, Payload
from bebeli.orders.models import OutsideRefund


def outside_found(payload: Payload) -> Message:
    """What went out of which payment, and where to say what it was for."""
    case = OutsideRefund.objects.select_related("attempt").get(pk=payload["outside"])
    amount = _("yang jumlahnya belum disebut") if case.amount is None else rupiah(case.amount)
    named = {"code": case.attempt.code, "amount": amount}
    subject = _("Uang %(code)s keluar di penyedia tanpa kita") % named
    if case.is_chargeback:
        body = _("Bank menarik sebagian pembayaran ini, %(amount)s. Putuskan untuk pesanan mana.") % named
    else:
        body = (
            _("%(amount)s dikembalikan di penyedia, bukan oleh BEBELI. Jangan kembalikan lagi sebelum Anda memutuskannya.")
            % named
        )
    facts = ((_("Pembayaran"), case.attempt.code), (_("Jumlah"), amount))
    return Message(subject, body, reverse("orders:outside", args=[case.pk]), facts, _("Periksa"))


def while_open(payload: Payload) -> bool:
    """Tell whether finance must still decide."""
    return OutsideRefund.objects.open().filter(pk=payload["outside"]).exists()


OF_FINANCE = (("orders.outside_found", outside_found, while_open),)
