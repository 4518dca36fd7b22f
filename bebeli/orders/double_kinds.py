"""The notices about money that went out twice: in words, and when each is no longer worth saying."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from bebeli.kit.money import rupiah
from bebeli.notices.kinds import Message, Payload
from bebeli.orders.models import DoubleRefund


def opened(payload: Payload) -> Message:
    """How much its payer has twice."""
    case = _case(payload)
    subject = _("Uang %(amount)s keluar dua kali") % {"amount": rupiah(case.amount)}
    body = _("Uangnya sudah kembali kepada pembeli, lalu penyedia menariknya juga. Mintalah kembali, atau usulkan penghapusan.")
    return _message(case, subject, body)


def to_approve(payload: Payload) -> Message:
    """Why somebody wants to write it off."""
    case = _case(payload)
    subject = _("Penghapusan %(amount)s perlu persetujuan kedua") % {"amount": rupiah(case.amount)}
    body = _("Petugas lain mengusulkan uang yang keluar dua kali ini dihapus sebagai kerugian. Alasannya: %(reason)s")
    return _message(case, subject, body % {"reason": case.reason})


def while_open(payload: Payload) -> bool:
    """Tell whether it must still be ended."""
    return DoubleRefund.objects.open().filter(pk=payload["double"]).exists()


def while_proposed(payload: Payload) -> bool:
    """Tell whether a second person must still decide."""
    return DoubleRefund.objects.open().filter(pk=payload["double"], proposed_by__isnull=False).exists()


def _case(payload: Payload) -> DoubleRefund:
    return DoubleRefund.objects.select_related("attempt").get(pk=payload["double"])


def _message(case: DoubleRefund, subject: str, body: str) -> Message:
    facts = ((_("Pembayaran"), case.attempt.code), (_("Jumlah"), rupiah(case.amount)))
    return Message(subject, body, reverse("orders:double", args=[case.pk]), facts, _("Periksa"))


OF_FINANCE = (
    ("orders.double_opened", opened, while_open),
    ("orders.double_to_approve", to_approve, while_proposed),
)
